; A call with one argument.
(call_expression
  function: (selector_expression) @function
  arguments: (argument_list . (_) @name .)) @site
