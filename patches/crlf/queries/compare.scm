(call_expression) @site
(binary_expression operator: ["==" "!="]) @site
(expression_switch_statement) @site
