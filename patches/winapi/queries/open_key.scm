(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    .
    (selector_expression) @root
    .
    (_) @path
    .
    (_) @access
    .)) @site
