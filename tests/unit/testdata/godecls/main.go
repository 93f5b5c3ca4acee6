// Prints what go/parser sees of every Go file below the folders given: one line a fact.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func base(x ast.Expr) string {
	for {
		switch t := x.(type) {
		case *ast.StarExpr:
			x = t.X
		case *ast.ParenExpr:
			x = t.X
		case *ast.IndexExpr:
			x = t.X
		case *ast.IndexListExpr:
			x = t.X
		case *ast.Ident:
			return t.Name
		default:
			return "?"
		}
	}
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, root := range os.Args[1:] {
		filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil
			}
			at := func(p token.Pos) int { return fset.PositionFor(p, false).Offset }
			fmt.Fprintf(out, "file %s\npackage %s\n", path, f.Name.Name)
			if ast.IsGenerated(f) {
				fmt.Fprintln(out, "generated")
			}
			for _, imp := range f.Imports {
				name := ""
				if imp.Name != nil {
					name = imp.Name.Name
				}
				p, _ := strconv.Unquote(imp.Path.Value)
				fmt.Fprintf(out, "import %s %s\n", name, p)
			}
			one := func(kind, recv string, id *ast.Ident, body bool) {
				if id.Name != "_" {
					fmt.Fprintf(out, "%s %s.%s %d %v\n", kind, recv, id.Name, at(id.Pos()), body)
				}
			}
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					kind, recv := "func", ""
					if d.Recv != nil {
						kind = "method"
						if len(d.Recv.List) == 0 {
							continue
						}
						recv = base(d.Recv.List[0].Type)
					}
					one(kind, recv, d.Name, d.Body != nil)
				case *ast.GenDecl:
					for _, s := range d.Specs {
						switch s := s.(type) {
						case *ast.TypeSpec:
							one("type", "", s.Name, true)
						case *ast.ValueSpec:
							for _, n := range s.Names {
								one(d.Tok.String(), "", n, true)
							}
						}
					}
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name != "." {
					fmt.Fprintf(out, "ident %s\n", id.Name)
				}
				return true
			})
			return nil
		})
	}
}
