; A call whose first argument is an integer literal.
(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    .
    (int_literal) @limit)) @site
