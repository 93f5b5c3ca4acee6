// Package mailer builds messages.
package mailer

import (
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Mailer sends what lies in an outbox.
type Mailer struct {
	Outbox    string
	Templates string
	ListURL   string
}

// Attach adds a file to a message.
func (m *Mailer) Attach(w *multipart.Writer, file string) error {
	kind := mime.TypeByExtension(path.Ext(file))        //@ host
	if kind == "" || strings.HasPrefix(kind, "text/") { //@ text|slash
		kind = "application" + "/" + "octet-stream" //@ text|slash
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	h := textproto.MIMEHeader{}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+filepath.Base(file)+`"`) //@ text|host
	part, err := w.CreatePart(h)
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	return err
}

// Subject returns the subject of a notice.
func Subject(project, branch string, done, total int) string {
	return fmt.Sprintf("[%s/%s] %d/%d", project, branch, done, total) //@ text
}

// Body fills a template of a language.
func (m *Mailer) Body(lang, name string, vars map[string]string) (string, error) {
	data, err := os.ReadFile(m.Templates + "/" + lang + "/" + name + ".txt") //@ host
	if err != nil {
		data, err = os.ReadFile(path.Join(m.Templates, "en", name+".txt")) //@ host
	}
	if err != nil {
		return "", err
	}
	text := string(data)
	for k, v := range vars {
		text = strings.ReplaceAll(text, "${"+k+"}", v)
	}
	return text + "\n-- \n" + m.ListURL + "/unsubscribe\n", nil //@ text|slash
}

// Queue writes a message to the outbox.
func (m *Mailer) Queue(id string, msg []byte) error {
	tmp := filepath.Join(m.Outbox, "tmp") + "/" + id //@ host
	if err := os.WriteFile(tmp, msg, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, strings.Replace(tmp, "/tmp/", "/new/", 1)) //@ host
}

// Accepts tells whether a client wants a subtype of text.
func Accepts(r *http.Request, subtype string) bool {
	for _, a := range strings.Split(r.Header.Get("Accept"), ",") {
		kind, _, _ := strings.Cut(a, ";")
		if kind == "*/*" || strings.TrimSpace(kind) == "text/"+subtype { //@ text|slash "text/"+subtype
			return true
		}
	}
	return false
}

// MessageID returns an identifier of a message.
func (m *Mailer) MessageID(id, host string) string {
	return "<" + id + "/" + host + ">" //@ text|slash
}
