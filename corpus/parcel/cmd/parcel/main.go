// Command parcel keeps small files and hands them out again.
package main

import (
	"flag"
	"io"
	"log"
	"net/http"
	"os"
	"path"
	"path/filepath"

	"example.test/parcel/internal/config"
)

func main() {
	name := flag.String("config", filepath.Join("conf", "parcel.json"), "settings")
	flag.Parse()
	c, err := config.Load(*name)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.MkdirAll(c.Store.Dir, 0o750); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "ok")
	})
	http.HandleFunc(c.Prefix+"/", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(c.Store.Dir, path.Base(r.URL.Path)))
	})
	log.Fatal(http.ListenAndServe(c.Listen, nil))
}
