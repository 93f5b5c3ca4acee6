package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/token"
	"go/types"
	"log"
	"os/exec"
	"sort"
	"strings"
)

// Versions of golang.org/x/sys that are compared, oldest first.
var xsysVersions = strings.Fields(`v0.0.0-20180909124046-d0be0721c37e
	v0.0.0-20190215142949-d0b11bdaac8a v0.0.0-20190916202348-b4ddaad3f8a3
	v0.0.0-20200122134326-e047566fdf82 v0.0.0-20201009025420-dfb3f7c4e634
	v0.0.0-20210124154548-22da62e12c0c v0.0.0-20210630005230-0f9fa26af87c
	v0.0.0-20220128215802-99c3d69c2c27 v0.1.0 v0.5.0 v0.10.0 v0.15.0 v0.20.0 v0.25.0 v0.30.0
	v0.35.0`)

// printXSys prints, for every name of syscall on Windows, since when golang.org/x/sys/windows has
// the same, and which types (those that are not one type under two names) it is made of.
func printXSys(out *bufio.Writer) {
	fmt.Fprintf(out, "# Made by tools/availgen -xsys from golang.org/x/sys up to %s; don't edit.\n",
		xsysVersions[len(xsysVersions)-1])
	since := map[string]string{}
	var last map[string]twin
	for _, version := range xsysVersions {
		last = twins(version)
		for name, t := range last {
			switch {
			case !t.same:
				delete(since, name)
			case since[name] == "":
				since[name] = version
			}
		}
	}
	lines := map[string][]string{}
	for name, t := range last {
		version := since[name]
		if version == "" || fromStd[t.first()] {
			version = "-"
		}
		tail := strings.Join(append(t.types, t.members...), ",")
		if version == "-" && tail == "" {
			continue
		}
		if tail == "" {
			tail = "="
		}
		head := version + " " + tail
		lines[head] = append(lines[head], name)
	}
	var heads []string
	for head := range lines {
		heads = append(heads, head)
	}
	sort.Strings(heads)
	for _, head := range heads {
		sort.Strings(lines[head])
		line := head
		for _, name := range lines[head] {
			if len(line)+1+len(name) > 160 {
				fmt.Fprintln(out, line)
				line = head
			}
			line += " " + name
		}
		fmt.Fprintln(out, line)
	}
}

// Types whose values come from package os, which knows only those of syscall.
var fromStd = map[string]bool{"Signal": true, "WaitStatus": true, "Win32FileAttributeData": true}

func (t twin) first() string {
	for _, name := range t.types {
		if fromStd[name] {
			return name
		}
	}
	return ""
}

type twin struct {
	same    bool
	types   []string // distinct types that the name is made of, or is
	members []string // "!Name": fields and methods that differ; "#N": a parameter that differs
}

func twins(version string) map[string]twin {
	text, err := exec.Command("go", "mod", "download", "-json", "golang.org/x/sys@"+version).Output()
	var module struct{ Dir string }
	if err != nil || json.Unmarshal(text, &module) != nil {
		log.Fatalf("golang.org/x/sys@%s: %v", version, err)
	}
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = "windows", "amd64", false
	im := &importer{ctx: &ctx, fset: token.NewFileSet(), done: map[string]*types.Package{},
		xsys: module.Dir}
	std, err := im.Import("syscall")
	if err != nil {
		log.Fatal(err)
	}
	win, err := im.Import("golang.org/x/sys/windows")
	if err != nil {
		log.Fatal(err)
	}
	c := &comparison{std: std, win: win}
	found := map[string]twin{}
	for _, name := range std.Scope().Names() {
		if ast.IsExported(name) {
			found[name] = c.compare(std.Scope().Lookup(name), win.Scope().Lookup(name))
		}
	}
	return found
}

type comparison struct {
	std, win *types.Package
	used     map[string]bool
}

// distinct: syscall declares the type, and x/sys/windows has another one of that name.
func (c *comparison) distinct(name string) bool {
	tn, ok := c.win.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return false
	}
	named, ok := types.Unalias(tn.Type()).(*types.Named)
	return ok && named.Obj().Pkg() == c.win
}

func (c *comparison) compare(a, b types.Object) twin {
	c.used = map[string]bool{}
	var t twin
	shape := c.object(a)
	for name := range c.used {
		t.types = append(t.types, name)
	}
	sort.Strings(t.types)
	if b == nil {
		return t
	}
	t.same = shape == c.object(b)
	if f, ok := b.(*types.Func); ok && !t.same && a != nil {
		t.members = c.parameters(a.Type(), f.Type())
		t.same = t.members != nil
	}
	if _, ok := b.(*types.Const); ok && !t.same && strings.HasPrefix(b.Name(), "STD_") {
		t.same, t.members = true, []string{"#"} // right as an argument of GetStdHandle alone
	}
	if tn, ok := a.(*types.TypeName); ok {
		_, isType := b.(*types.TypeName)
		t.same = isType
		if isType && c.distinct(a.Name()) {
			t.members = c.members(tn.Type(), b.Type())
		}
	}
	return t
}

// parameters names, by position, those in which two functions differ: kinds of integers, which a
// constant does not mind. Nil: they differ otherwise.
func (c *comparison) parameters(a, b types.Type) []string {
	f, ok := a.(*types.Signature)
	g := b.(*types.Signature)
	if !ok || f.Params().Len() != g.Params().Len() || c.tuple(f.Results()) != c.tuple(g.Results()) {
		return nil
	}
	var differ []string
	for i := 0; i < f.Params().Len(); i++ {
		x, y := f.Params().At(i).Type(), g.Params().At(i).Type()
		if c.shape(x) == c.shape(y) {
			continue
		}
		if !isInteger(x) || !isInteger(y) {
			return nil
		}
		differ = append(differ, fmt.Sprintf("#%d", i))
	}
	return differ
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

func (c *comparison) object(o types.Object) string {
	switch o := o.(type) {
	case *types.Const:
		return fmt.Sprintf("const %s = %s", c.shape(o.Type()), o.Val().ExactString())
	case *types.TypeName:
		named, ok := types.Unalias(o.Type()).(*types.Named)
		if ok && c.distinct(o.Name()) {
			c.shape(named)
			c.shape(named.Underlying())
		}
		return "type"
	}
	return fmt.Sprintf("%T %s", o, c.shape(o.Type()))
}

func (c *comparison) members(a, b types.Type) []string {
	theirs := map[string]string{}
	c.eachMember(b, func(name, shape string) { theirs[name] = shape })
	var differ []string
	c.eachMember(a, func(name, shape string) {
		if theirs[name] != shape {
			differ = append(differ, "!"+name)
		}
	})
	sort.Strings(differ)
	if _, ok := a.Underlying().(*types.Struct); !ok &&
		c.shape(a.Underlying()) != c.shape(b.Underlying()) {
		differ = append(differ, "!")
	}
	return differ
}

func (c *comparison) eachMember(t types.Type, f func(name, shape string)) {
	if s, ok := t.Underlying().(*types.Struct); ok {
		for i := 0; i < s.NumFields(); i++ {
			if s.Field(i).Exported() {
				f(s.Field(i).Name(), c.shape(s.Field(i).Type()))
			}
		}
	}
	methods := types.NewMethodSet(types.NewPointer(t))
	for i := 0; i < methods.Len(); i++ {
		if m := methods.At(i).Obj(); m.Exported() {
			f(m.Name(), c.shape(m.Type()))
		}
	}
}

// shape writes a type without names of parameters; a type that both packages have reads alike.
func (c *comparison) shape(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		name := t.Obj().Name()
		if pkg := t.Obj().Pkg(); pkg == c.std || pkg == c.win {
			if c.distinct(name) && c.std.Scope().Lookup(name) != nil {
				c.used[name] = true
				return "~" + name
			}
		}
		return t.String()
	case *types.Pointer:
		return "*" + c.shape(t.Elem())
	case *types.Slice:
		return "[]" + c.shape(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), c.shape(t.Elem()))
	case *types.Signature:
		return fmt.Sprintf("func(%s %v)(%s)", c.tuple(t.Params()), t.Variadic(), c.tuple(t.Results()))
	case *types.Struct:
		text := "struct{"
		for i := 0; i < t.NumFields(); i++ {
			text += t.Field(i).Name() + " " + c.shape(t.Field(i).Type()) + ";"
		}
		return text + "}"
	}
	return t.String()
}

func (c *comparison) tuple(t *types.Tuple) string {
	text := ""
	for i := 0; i < t.Len(); i++ {
		text += c.shape(t.At(i).Type()) + ","
	}
	return text
}
