module example.com/warden

go 1.19

require golang.org/x/sys v0.0.0

replace golang.org/x/sys => ./stubs/golang-org_x_sys
