(call_expression) @site
(assignment_statement operator: "=") @site
