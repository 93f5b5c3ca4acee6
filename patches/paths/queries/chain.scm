(binary_expression operator: "+") @site
(assignment_statement operator: "+=") @site
