package main

import "strings"

const parts = `/
a
.
..
b.c
\
C:
x y
é`

const troubles = `\\srv\share
\\srv
\\.\pipe\x
\\?\C:\x
a/b/c/../d
/a//b/
./x
../../x
a/../..
/..
...
a/.../b
.a/b
C:/x
C:\x
a%b
/a/x
x/a/x`

// operands puts together all texts of one or two pieces of what paths are made of, and some that are known for trouble.
func operands() []string {
	all := append([]string{""}, strings.Split(troubles, "\n")...)
	for _, a := range strings.Split(parts, "\n") {
		all = append(all, a)
		for _, b := range strings.Split(parts, "\n") {
			all = append(all, a+b)
		}
	}
	return all
}
