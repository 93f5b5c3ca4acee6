// Package backup packs directories and sends them away.
package backup

import (
	"archive/tar"
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/minio/minio-go/v7"
)

// Job is one directory that is backed up.
type Job struct {
	Source string // directory on this machine
	Bucket string
	Prefix string // of the object keys
	Spool  string // directory for archives under way
}

// Tar writes the source as a tar stream.
func (j *Job) Tar(w io.Writer) error {
	tw := tar.NewWriter(w)
	err := filepath.Walk(j.Source, func(p string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(j.Source, p)
		if err != nil {
			return err
		}
		hdr := &tar.Header{
			Name:    "data/" + filepath.ToSlash(rel), //@ slash
			Size:    info.Size(),
			ModTime: info.ModTime(),
			Uname:   "backup/" + j.Bucket, //@ text|slash
		}
		if err := tw.WriteHeader(hdr); err != nil {
			return err
		}
		return copyFile(tw, p)
	})
	if err != nil {
		return err
	}
	return tw.Close()
}

// Zip does the same for a zip file, and names it after the day.
func (j *Job) Zip(now time.Time) (string, error) {
	day := now.Format("2006/01/02")                                       //@ text|slash
	archive := j.Spool + "/" + strings.ReplaceAll(day, "/", "-") + ".zip" //@ host
	f, err := os.Create(archive)
	if err != nil {
		return "", err
	}
	defer f.Close()
	zw := zip.NewWriter(f)
	entries, err := os.ReadDir(j.Source)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		w, err := zw.Create(day + "/" + e.Name()) //@ slash
		if err != nil {
			return "", err
		}
		if err := copyFile(w, j.Source+"/"+e.Name()); err != nil { //@ host
			return "", err
		}
	}
	return archive, zw.Close()
}

// Unzip restores an archive into dir.
func Unzip(archive, dir string) error {
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer zr.Close()
	for _, f := range zr.File {
		top := strings.SplitN(f.Name, "/", 2)[0] //@ slash
		if strings.HasSuffix(f.Name, "/") {      //@ slash
			continue
		}
		target := dir + "/" + f.Name //@ host
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return fmt.Errorf("%s/%s: %w", top, f.Name, err) //@ text
		}
		if err := extract(f, target); err != nil {
			return err
		}
	}
	return nil
}

// Key returns the object key of an archive.
func (j *Job) Key(archive string) string {
	return j.Prefix + "/" + filepath.Base(archive) //@ slash
}

// Send uploads an archive with the S3 client.
func (j *Job) Send(ctx context.Context, c *s3.Client, archive string) error {
	f, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	key := path.Join(j.Prefix, time.Now().Format("2006"), filepath.Base(archive)) //@ slash
	return c.PutObject(ctx, &s3.PutObjectInput{Bucket: &j.Bucket, Key: &key, Body: f})
}

// SendAll uploads everything in the spool with the other client.
func (j *Job) SendAll(ctx context.Context, c *minio.Client) error {
	files, err := filepath.Glob(j.Spool + "/*.zip") //@ host
	if err != nil {
		return err
	}
	for _, file := range files {
		object := j.Prefix + "/" + path.Base(file) //@ host path.Base(file)
		if _, err := c.FPutObject(ctx, j.Bucket, object, file, minio.PutObjectOptions{ContentType: "application/zip"}); err != nil {
			return err
		}
		done := strings.TrimSuffix(file, ".zip") + ".done"
		if err := os.Rename(file, done); err != nil {
			return err
		}
	}
	stale := fmt.Sprintf("%s/%s", j.Prefix, "latest") //@ slash
	return c.RemoveObject(ctx, j.Bucket, stale)
}

func copyFile(w io.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func extract(f *zip.File, target string) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	out, err := os.Create(target)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, r); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
