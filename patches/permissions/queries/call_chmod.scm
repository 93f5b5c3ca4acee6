(call_expression
  function: (selector_expression
    field: (field_identifier) @_method)
  (#eq? @_method "Chmod")) @site
