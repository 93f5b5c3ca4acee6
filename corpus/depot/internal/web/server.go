// Package web is the HTTP interface of depot.
package web

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"example.com/depot/internal/config"
	"example.com/depot/internal/hostinfo"
	"example.com/depot/internal/mirror"
	"example.com/depot/internal/rotate"
	"example.com/depot/internal/store"
)

// Server answers requests. All fields but Mirror are needed.
type Server struct {
	Config *config.Config
	Store  *store.Store
	Log    *rotate.Writer
	Logger *log.Logger
	Mirror *mirror.Client
	Reload func() error
	Quit   func()
}

// Handler returns the routes of the server.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.home)
	mux.HandleFunc("/ui/", s.ui)
	mux.HandleFunc("/v1/info", s.info)
	mux.HandleFunc("/v1/usage", s.usage)
	mux.HandleFunc("/v1/logs", s.logs)
	mux.HandleFunc("/v1/blobs/", s.blobs)
	mux.HandleFunc("/v1/import/", s.importArchive)
	mux.HandleFunc("/v1/export/", s.exportArchive)
	mux.HandleFunc("/-/healthy", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok\n")) })
	if s.Config.Lifecycle {
		mux.HandleFunc("/-/reload", s.act(func() error { return s.Reload() }))
		mux.HandleFunc("/-/rotate", s.act(s.Log.Rotate))
		mux.HandleFunc("/-/quit", s.act(func() error { s.Quit(); return nil }))
	}
	return s.logged(s.allowed(mux))
}

// home sends people to the pages, wherever a proxy has mounted them.
func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, path.Join(s.Config.PublicURL.Path, "ui")+"/", http.StatusFound)
}

// link returns the public address of a blob.
func (s *Server) link(bucket, name string) string {
	u := url.URL{Scheme: s.Config.PublicURL.Scheme, Host: s.Config.PublicURL.Host}
	u.Path = s.Config.PublicURL.Path
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	u.Path += "v1/blobs/" + bucket + "/" + name
	return u.String()
}

func (s *Server) info(w http.ResponseWriter, r *http.Request) {
	count, err := s.Store.Count()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.reply(w, struct {
		hostinfo.Info
		Blobs int    `json:"blobs"`
		Site  string `json:"site,omitempty"`
	}{hostinfo.Collect(), count, hostinfo.Site("motd.txt")})
}

func (s *Server) usage(w http.ResponseWriter, r *http.Request) {
	usage, err := s.Store.Usage()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.reply(w, usage)
}

func (s *Server) logs(w http.ResponseWriter, r *http.Request) {
	names, err := s.Log.Names()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.reply(w, names)
}

// act runs f on POST; anything else could be a link that somebody follows.
func (s *Server) act(f func() error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "use POST", http.StatusMethodNotAllowed)
			return
		}
		if err := f(); err != nil {
			s.fail(w, r, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// allowed lets only the configured networks in; no networks means everybody.
func (s *Server) allowed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		ok, ip := len(s.Config.Allow) == 0, net.ParseIP(host)
		for _, n := range s.Config.Allow {
			ok = ok || n.Contains(ip)
		}
		if !ok {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		next.ServeHTTP(w, r)
		s.Logger.Printf("%s %s: %s", r.Method, r.URL.Path, time.Since(start))
	})
}

func (s *Server) reply(w http.ResponseWriter, v interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.Logger.Printf("reply: %v", err)
	}
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	code := http.StatusInternalServerError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code = http.StatusNotFound
	case errors.Is(err, store.ErrName):
		code = http.StatusBadRequest
	}
	s.Logger.Printf("%s %s: %v", r.Method, r.URL.Path, err)
	http.Error(w, err.Error(), code)
}
