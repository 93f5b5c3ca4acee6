; errors.Is with an error named by its package.
(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    (_)
    .
    (selector_expression) @site .))
