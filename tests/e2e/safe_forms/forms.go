// Package main prints what every form that windlass changes as `safe` gives for many operands. It
// is run as it stands and after the safe commits of a migration: on Linux both must print the same
// bytes.
package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

func base(p string) string { os.Stat(p); return path.Base(p) }
func dir(p string) string {
	d := path.Dir(p)
	os.Stat(d)
	return d
}
func ext(p string) string { os.Stat(p); return path.Ext(p) }
func clean(p string) string {
	c := path.Clean(p)
	os.Stat(c)
	return c
}
func isAbs(p string) string { os.Stat(p); return fmt.Sprint(path.IsAbs(p)) }
func split(p string) string {
	os.Stat(p)
	d, f := path.Split(p)
	return d + "|" + f
}
func join(a, b string) string {
	p := path.Join(a, "x", b)
	os.Stat(p)
	return p
}

// What follows compares and splits what comes from path/filepath.

func below(a, b string) string {
	n := filepath.Clean(a)
	return fmt.Sprint(strings.HasPrefix(n, "../"), strings.HasSuffix(n, "/x"), strings.Contains(n, "/a/"),
		strings.TrimPrefix(n, "../"), strings.TrimSuffix(n, "/"), strings.TrimRight(n, "/"), n == "/")
}
func pieces(a, b string) string {
	n := filepath.Join(a, b)
	return fmt.Sprint(strings.Split(n, "/"), strings.SplitN(n, "/", 2), strings.Count(n, "/"), strings.Index(n, "/"),
		strings.LastIndex(n, "/"), n[strings.LastIndex(n, "/")+1:])
}
func tail(a, b string) string {
	n := filepath.Join(a, b)
	return fmt.Sprint(strings.HasPrefix(n, filepath.Clean(a)+"/"), strings.TrimPrefix(n, filepath.Clean(a)+"/"))
}

// Join where every operand is proven clean, and FromSlash where one may be empty.

const spool = "spool/in"

func proven() string {
	os.MkdirAll(spool+"/sub", 0o755)
	defer os.RemoveAll("spool")
	os.WriteFile(spool+"/one.txt", nil, 0o644)
	entries, _ := os.ReadDir(spool)
	all := ""
	for _, e := range entries {
		found := spool + "/" + e.Name()
		_, err := os.Stat(found)
		all += fmt.Sprint(found == strings.Join([]string{"spool", "in", e.Name()}, string(filepath.Separator)), err, " ")
	}
	return all
}
func opened(root, name string) string {
	p := root + "/" + name
	os.Stat(p)
	return p
}
func volume(name string) string {
	p := filepath.VolumeName(name) + "/shared"
	os.Stat(p)
	return p
}
func aside(a, b string) string {
	p := a + "/../" + filepath.Base(b)
	os.Stat(p)
	return p
}
func again(name string) string {
	parts := strings.Split(filepath.ToSlash(name), "/")
	p := strings.Join(parts[:len(parts)/2+1], "/")
	os.Stat(p)
	return p
}
func ending(name string) string {
	os.Stat(name)
	n := filepath.Clean(name)
	return fmt.Sprint(fmt.Sprintf("%s/", n), n[len(n)-1:] == "/", strings.HasPrefix(name, "~/"))
}
func rooted(name string) string { return opened("", name) }

func main() {
	operands := operands()
	for _, a := range operands {
		fmt.Printf("%q base=%q dir=%q ext=%q clean=%q abs=%s split=%q rooted=%q\n",
			a, base(a), dir(a), ext(a), clean(a), isAbs(a), split(a), rooted(a))
		fmt.Printf("%q volume=%q again=%q ending=%q\n", a, volume(a), again(a), ending(a))
		for _, b := range operands {
			fmt.Printf("%q %q join=%q below=%q pieces=%q tail=%q opened=%q aside=%q\n",
				a, b, join(a, b), below(a, b), pieces(a, b), tail(a, b), opened(a, b), aside(a, b))
		}
	}
	fmt.Println(proven())
}
