// Package router maps requests to handlers.
package router

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/mux"
)

const version = "v3"

// Mount adds the routes of a tenant.
func Mount(e *gin.Engine, tenant string, files string) {
	api := e.Group("/api/" + version)                       //@ slash
	api.GET("/"+tenant+"/items/:id", func(c *gin.Context) { //@ slash
		c.Redirect(http.StatusFound, "/"+tenant+"/items/"+c.Param("id")+"/") //@ slash
	})
	e.GET("/files/:name", func(c *gin.Context) {
		c.File(files + "/" + path.Base(c.Param("name"))) //@ host
	})
	for _, verb := range []string{"start", "stop"} {
		api.POST(fmt.Sprintf("/%s/%s", tenant, verb), func(c *gin.Context) {}) //@ slash
	}
}

// Legacy adds the routes of old clients.
func Legacy(r *mux.Router, prefix string, root http.Dir) {
	r.HandleFunc(prefix+"/list", func(w http.ResponseWriter, req *http.Request) { //@ slash
		rest := strings.TrimPrefix(req.URL.Path, prefix+"/") //@ slash
		segments := strings.Split(rest, "/")                 //@ slash
		if len(segments) == 0 || segments[0] == "" {
			http.Error(w, "GET "+prefix+"/list/NAME", http.StatusBadRequest) //@ text
			return
		}
		f, err := root.Open(path.Clean("/" + rest)) //@ slash
		if err != nil {
			http.NotFound(w, req)
			return
		}
		f.Close()
	})
	r.PathPrefix(prefix + "/static/") //@ slash
}

// Static serves the files of dir below /static/.
func Static(dir string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean(strings.TrimPrefix(r.URL.Path, "/static")) //@ slash
		if strings.HasSuffix(name, "/") || name == "/" {              //@ slash strings.HasSuffix(name, "/")
			name += "/index.html" //@ slash
		}
		file := dir + name
		if _, err := os.Stat(file + ".gz"); err == nil {
			w.Header().Set("Content-Encoding", "gzip")
			file += ".gz"
		}
		http.ServeFile(w, r, file)
	}
}

// Backend returns the address that a request is passed on to.
func Backend(r *http.Request, backend *url.URL) *url.URL {
	u := *backend
	u.Path = path.Join(backend.Path, r.URL.Path) //@ slash
	if strings.HasSuffix(r.URL.Path, "/") {      //@ slash
		u.Path += "/" //@ slash
	}
	return &u
}

// Canonical returns where a client should have asked.
func Canonical(r *http.Request) (string, bool) {
	p := r.URL.Path
	if p == "" || p[0] != '/' { //@ slash
		p = "/" + p //@ slash
	}
	clean := path.Clean(p) //@ slash
	return clean, clean != r.URL.Path
}
