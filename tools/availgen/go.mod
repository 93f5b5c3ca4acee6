module windlass.invalid/availgen

go 1.19
