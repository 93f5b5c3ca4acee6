// Command probe starts a built depot in a prepared directory, asks it questions over HTTP, ends it, and prints what it
// saw as name=value lines. It judges nothing.
//
//	probe [-root PREFIX] DIR COMMAND [ARG...]
//
// COMMAND ARG... runs depot (say "tests/wine/run depot.exe"), and gets "serve -config conf" appended. DIR must not
// exist. PREFIX is put before absolute paths that depot is told, with backslashes if it is not empty: "Z:" for Wine.
package main

import (
	"flag"
	"fmt"
	"os"
	"sort"
)

func main() {
	root := flag.String("root", "", "drive that depot sees / as")
	flag.Parse()
	if flag.NArg() < 2 {
		fmt.Fprintln(os.Stderr, "usage: probe [-root PREFIX] DIR COMMAND [ARG...]")
		os.Exit(2)
	}
	seen := observations{}
	if err := observe(seen, *root, flag.Arg(0), flag.Args()[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(1)
	}
	var names []string
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Printf("%s=%s\n", name, seen[name])
	}
}

// observations are what the probe saw, by name.
type observations map[string]string

func (o observations) add(name, format string, args ...interface{}) {
	o[name] = fmt.Sprintf(format, args...)
}
