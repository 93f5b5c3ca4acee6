(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    .
    [
      (interpreted_string_literal)
      (raw_string_literal)
    ] @name
    .)) @site
