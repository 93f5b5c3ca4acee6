(call_expression) @site
(binary_expression operator: "+") @site
