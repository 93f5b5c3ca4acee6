; The first of several arguments is a literal.
(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    .
    (interpreted_string_literal (interpreted_string_literal_content) @drive) @site
    .
    (_) @next))
