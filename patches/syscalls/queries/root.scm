; The user's id compared with root's.
(binary_expression
  left: (call_expression
    function: (selector_expression) @function)
  operator: ["==" "!=" ">"]
  right: (int_literal) @root) @site
