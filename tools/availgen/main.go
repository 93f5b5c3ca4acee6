// Command availgen prints which identifiers of the packages that differ between systems exist
// where. It type-checks the packages of the Go distribution that runs it, from source, once a
// target, and knows nothing of windlass.
//
//	go run ./tools/availgen > patches/syscalls/tables/availability.txt
//	go run ./tools/availgen -xsys > patches/syscalls/tables/xsys.txt
//	go run ./tools/availgen -since > patches/syscalls/tables/since.txt
//
// A line reads `import/path MASK names...`: bit i of the hexadecimal mask stands for the i-th
// target of the head line. Fields and methods read Type.Name. Under `import/path ~MASK` stand names
// that exist on all targets of the mask but whose type there is not that of the first target. The
// table -since says which names came with which minor version of Go.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
)

var targets = strings.Fields(`linux/amd64 linux/arm64 linux/386 linux/arm windows/amd64
	windows/arm64 windows/386 darwin/amd64 darwin/arm64 freebsd/amd64 freebsd/arm64 netbsd/amd64
	openbsd/amd64`)

// The packages that differ. Of those marked "common" only what Linux shares with another system is
// printed: anything else in them is Linux's own or unknown.
var packages = []struct {
	path   string
	common bool
}{
	{"log/syslog", false},
	{"syscall", false},
	{"golang.org/x/sys/unix", true},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("availgen: ")
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if len(os.Args) > 1 && os.Args[1] == "-xsys" {
		printXSys(out)
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "-since" {
		printSince(out)
		return
	}
	fmt.Fprintf(out, "# Made by tools/availgen from %s; don't edit.\n", runtime.Version())
	fmt.Fprintf(out, "targets %s\n", strings.Join(targets, " "))
	for _, p := range packages {
		masks := map[string]uint{}
		differs := map[string]uint{}
		first := map[string]string{}
		for i, target := range targets {
			for name, typ := range identifiers(p.path, target) {
				masks[name] |= 1 << i
				if i == 0 {
					first[name] = typ
				} else if first[name] != "" && first[name] != typ {
					differs[name] |= 1 << i
				}
			}
		}
		const linux, known = 0xf, 0x1ff // the BSDs' own names are of no use
		byMask := map[string][]string{}
		for name, mask := range masks {
			if p.common && (mask&linux == 0 || mask&^linux == 0) || mask&known == 0 ||
				strings.HasPrefix(name, "SYS_") {
				continue
			}
			key := fmt.Sprintf("%x", mask)
			byMask[key] = append(byMask[key], name)
			const windows = 0x70
			if d := differs[name] & windows; d != 0 && !strings.Contains(name, ".") {
				key := fmt.Sprintf("~%x", d)
				byMask[key] = append(byMask[key], name)
			}
		}
		print(out, p.path, byMask)
	}
}

func print(out *bufio.Writer, path string, byMask map[string][]string) {
	var keys []string
	for key := range byMask {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		printNames(out, path+" "+key, byMask[key])
	}
}

// identifiers gives the exported names of a package on a target with their types as text; none if
// the package does not exist there.
func identifiers(path, target string) map[string]string {
	goos, goarch, _ := strings.Cut(target, "/")
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = goos, goarch, false
	im := &importer{ctx: &ctx, fset: token.NewFileSet(), done: map[string]*types.Package{}}
	pkg, err := im.Import(path)
	if err != nil {
		if _, none := err.(*build.NoGoError); none {
			return nil
		}
		log.Fatalf("%s on %s: %v", path, target, err)
	}
	found := map[string]string{}
	for _, name := range pkg.Scope().Names() {
		if !ast.IsExported(name) {
			continue
		}
		object := pkg.Scope().Lookup(name)
		text := fmt.Sprintf("%T %s", object, object.Type())
		if c, ok := object.(*types.Const); ok {
			text = "const " + c.Type().String()
		}
		found[name] = text
		if tn, ok := object.(*types.TypeName); ok {
			found[name] = tn.Type().Underlying().String()
			members(tn, found)
		}
	}
	return found
}

func members(tn *types.TypeName, found map[string]string) {
	if s, ok := tn.Type().Underlying().(*types.Struct); ok {
		for i := 0; i < s.NumFields(); i++ {
			if f := s.Field(i); f.Exported() {
				found[tn.Name()+"."+f.Name()] = f.Type().String()
			}
		}
	}
	methods := types.NewMethodSet(types.NewPointer(tn.Type()))
	for i := 0; i < methods.Len(); i++ {
		if m := methods.At(i).Obj(); m.Exported() {
			found[tn.Name()+"."+m.Name()] = m.Type().String()
		}
	}
}

// importer type-checks packages from source, function bodies aside.
type importer struct {
	ctx  *build.Context
	fset *token.FileSet
	done map[string]*types.Package
	xsys string // folder of golang.org/x/sys; empty: the copy that the distribution holds
}

func (im *importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := im.done[path]; ok {
		return pkg, nil
	}
	src := filepath.Join(im.ctx.GOROOT, "src")
	dir := filepath.Join(src, path)
	for _, vendor := range []string{"vendor", "cmd/vendor"} {
		if d := filepath.Join(src, vendor, path); strings.Contains(path, ".") && exists(d) {
			dir = d
		}
	}
	if below, ok := strings.CutPrefix(path, "golang.org/x/sys/"); ok && im.xsys != "" {
		dir = filepath.Join(im.xsys, below)
	}
	bp, err := im.ctx.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range bp.GoFiles {
		f, err := parser.ParseFile(im.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := types.Config{
		Importer:         im,
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Error:            func(error) {},
		Sizes:            types.SizesFor("gc", im.ctx.GOARCH),
	}
	pkg, _ := conf.Check(path, im.fset, files, nil)
	im.done[path] = pkg
	return pkg, nil
}

func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}
