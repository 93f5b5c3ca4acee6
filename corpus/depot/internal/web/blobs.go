package web

import (
	"mime"
	"net/http"
	"path"
	"strings"

	"example.com/depot/internal/store"
)

// blobs serves /v1/blobs/BUCKET/ and /v1/blobs/BUCKET/NAME.
func (s *Server) blobs(w http.ResponseWriter, r *http.Request) {
	rest := strings.TrimPrefix(r.URL.Path, "/v1/blobs/")
	bucket, name, ok := strings.Cut(rest, "/")
	if !ok {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	switch {
	case name == "" && r.Method == http.MethodGet:
		s.list(w, r, bucket)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		s.get(w, r, bucket, name)
	case r.Method == http.MethodPut:
		s.put(w, r, bucket, name)
	case r.Method == http.MethodDelete:
		if err := s.Store.Delete(bucket, name); err != nil {
			s.fail(w, r, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Error(w, "use GET, PUT or DELETE", http.StatusMethodNotAllowed)
	}
}

func (s *Server) list(w http.ResponseWriter, r *http.Request, bucket string) {
	entries, err := s.Store.List(bucket)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	type item struct {
		store.Entry
		URL string `json:"url"`
	}
	items := []item{}
	for _, e := range entries {
		items = append(items, item{e, s.link(bucket, e.Name)})
	}
	s.reply(w, items)
}

func (s *Server) get(w http.ResponseWriter, r *http.Request, bucket, name string) {
	f, e, err := s.Store.Get(bucket, name)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", s.mediaType(name))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(name)}))
	if e.Digest != "" {
		h.Set("ETag", `"`+e.Digest+`"`)
	}
	http.ServeContent(w, r, "", e.Changed, f)
}

func (s *Server) put(w http.ResponseWriter, r *http.Request, bucket, name string) {
	if s.Config.Frozen[bucket] {
		http.Error(w, "bucket is frozen", http.StatusForbidden)
		return
	}
	e, err := s.Store.Put(bucket, name, r.Body)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.Logger.Printf("stored %s/%s: %d bytes, %s", bucket, name, e.Size, e.Digest)
	if s.Mirror != nil {
		go s.copyOut(bucket, name, e.Digest)
	}
	w.Header().Set("Location", s.link(bucket, name))
	w.WriteHeader(http.StatusCreated)
}

func (s *Server) copyOut(bucket, name, digest string) {
	f, _, err := s.Store.Get(bucket, name)
	if err == nil {
		err = s.Mirror.Put(bucket, name, digest, f)
		f.Close()
	}
	if err != nil {
		s.Logger.Printf("mirror of %s/%s: %v", bucket, name, err)
	}
}

// mediaType returns what the configuration says of the name's extension, or what Go knows of it.
func (s *Server) mediaType(name string) string {
	ext := path.Ext(name)
	if t := s.Config.Types[ext]; t != "" {
		return t
	}
	t := mime.TypeByExtension(ext)
	if t == "" {
		return "application" + "/" + "octet-stream"
	}
	if strings.HasPrefix(t, "text/") && !strings.Contains(t, "charset") {
		t += "; charset=utf-8"
	}
	return t
}

// importArchive serves POST /v1/import/BUCKET.
func (s *Server) importArchive(w http.ResponseWriter, r *http.Request) {
	bucket := path.Base(r.URL.Path)
	if r.Method != http.MethodPost {
		http.Error(w, "use POST", http.StatusMethodNotAllowed)
		return
	}
	n, err := s.Store.Import(bucket, r.Body)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.reply(w, map[string]int{"imported/" + bucket: n})
}

// exportArchive serves GET /v1/export/BUCKET.tar.gz and /v1/export/BUCKET.zip.
func (s *Server) exportArchive(w http.ResponseWriter, r *http.Request) {
	file := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	bucket, ext, _ := strings.Cut(file, ".")
	var err error
	switch ext {
	case "tar.gz":
		w.Header().Set("Content-Type", "application/gzip")
		err = s.Store.Export(bucket, w)
	case "zip":
		w.Header().Set("Content-Type", "application/zip")
		err = s.Store.ExportZip(bucket, w)
	default:
		http.NotFound(w, r)
	}
	if err != nil {
		s.fail(w, r, err)
	}
}
