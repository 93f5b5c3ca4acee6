(call_expression
  function: (selector_expression
    field: (field_identifier) @_name) @function
  arguments: (argument_list
    .
    (_)
    .
    (_)
    .
    (int_literal) @_mode
    .)
  (#eq? @_name "WriteFile")) @site

(call_expression
  function: (selector_expression
    field: (field_identifier) @_name) @function
  arguments: (argument_list
    .
    (_)
    .
    (_) @_flags
    .
    (int_literal) @_mode
    .)
  (#eq? @_name "OpenFile")) @site
