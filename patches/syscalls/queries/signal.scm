; Calls of anything called Notify or Signal.
(call_expression
  function: (selector_expression
    field: (field_identifier) @_name)
  (#any-of? @_name "Notify" "Signal")) @site
