(call_expression
  function: (selector_expression) @site
  arguments: (argument_list
    (_)
    .
    (selector_expression) @errno .))
