(call_expression) @site
(assignment_statement operator: "=") @site
(keyed_element) @site
