[
  (interpreted_string_literal)
  (raw_string_literal)
] @site

(call_expression
  function: (selector_expression
    field: (field_identifier) @_method)
  (#any-of? @_method "Format" "String")) @site
