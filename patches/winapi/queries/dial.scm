(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    .
    (interpreted_string_literal) @_network
    .
    (_) @name)) @site
