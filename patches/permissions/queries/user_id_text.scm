(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    (call_expression) @site))
