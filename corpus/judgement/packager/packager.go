// Package packager builds packages for Linux distributions, on any system.
package packager

import (
	"archive/tar"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// File is one file of a package.
type File struct {
	Source      string // on this machine
	Destination string // on the machine where the package is installed
	Mode        int64
}

// Spec describes a package.
type Spec struct {
	Name    string
	Prefix  string // such as /usr
	DistDir string
	Files   []File
}

// AddBinaries adds what was built for a target.
func (s *Spec) AddBinaries(goos, goarch string, names ...string) {
	target := goos + "_" + goarch
	for _, n := range names {
		s.Files = append(s.Files, File{
			Source:      s.DistDir + "/" + target + "/" + n, //@ host
			Destination: s.Prefix + "/bin/" + n,             //@ slash
			Mode:        0o755,
		})
	}
}

// AddTree adds all files below dir, to be installed below dest.
func (s *Spec) AddTree(dir, dest string) error {
	return filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name := strings.TrimPrefix(p, dir+"/") //@ host
		s.Files = append(s.Files, File{
			Source:      p,
			Destination: path.Join(s.Prefix, dest, name), //@ slash
			Mode:        0o644,
		})
		return nil
	})
}

// AddDoc adds the documents of the package.
func (s *Spec) AddDoc(docs []string) {
	for _, d := range docs {
		s.Files = append(s.Files, File{
			Source:      d,
			Destination: "/usr/share/doc/" + s.Name + "/" + filepath.Base(d), //@ slash
		})
	}
}

// Data writes the files as the archive of a .deb.
func (s *Spec) Data(w io.Writer) (sums string, err error) {
	tw := tar.NewWriter(w)
	made := map[string]bool{}
	for _, f := range s.Files {
		for _, d := range parents(f.Destination) {
			if !made[d] {
				made[d] = true
				if err := tw.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: "." + d + "/", Mode: 0o755}); err != nil { //@ slash
					return "", err
				}
			}
		}
		data, err := os.ReadFile(f.Source)
		if err != nil {
			return "", err
		}
		hdr := &tar.Header{Name: "." + path.Clean("/"+f.Destination), Mode: f.Mode, Size: int64(len(data))} //@ slash path.Clean("/"+f.Destination)
		if err := tw.WriteHeader(hdr); err != nil {
			return "", err
		}
		if _, err := tw.Write(data); err != nil {
			return "", err
		}
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256(data), strings.TrimPrefix(f.Destination, "/")) //@ slash strings.TrimPrefix(f.Destination, "/")
	}
	return sums, tw.Close()
}

// parents returns the directories above an installed file, the outermost first.
func parents(dest string) []string {
	var dirs []string
	for d := path.Dir(dest); d != "/" && d != "."; d = path.Dir(d) { //@ slash path.Dir(dest)
		dirs = append([]string{d}, dirs...)
	}
	return dirs
}

// Output returns the file that the package is written to.
func (s *Spec) Output(version, arch string) string {
	return s.DistDir + "/" + fmt.Sprintf("%s_%s_%s.deb", s.Name, version, arch) //@ host
}

// Pool returns where a mirror keeps the package.
func (s *Spec) Pool(version, arch string) string {
	return "pool/main/" + s.Name[:1] + "/" + s.Name + "/" + path.Base(filepath.ToSlash(s.Output(version, arch))) //@ slash
}

// Build writes the package.
func (s *Spec) Build(version, arch string) error {
	f, err := os.Create(s.Output(version, arch))
	if err != nil {
		return err
	}
	if _, err := s.Data(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
