// Command lines reads the files it is given in every form that the rules on line endings change, and prints what came of each.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "-print" {
		data, _ := os.ReadFile(os.Args[2])
		os.Stdout.Write(data)
		return
	}
	server := httptest.NewServer(http.FileServer(http.Dir(".")))
	defer server.Close()
	names := make([]string, 0, len(forms))
	for name := range forms {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, file := range os.Args[1:] {
		for _, name := range names {
			in, err := os.Open(file)
			if err != nil {
				panic(err)
			}
			os.Stdin = in
			fmt.Printf("%s\t%q\n", name, forms[name](file, server.URL+"/"+file))
			in.Close()
		}
	}
}
