// Package compose turns a project file into containers.
package compose

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"example.com/judgement/settings"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/mount"
	specs "github.com/opencontainers/runtime-spec/specs-go"
	corev1 "k8s.io/api/core/v1"
)

const guestHome = "/home/app" //@ slash

// Service is one service of a project.
type Service struct {
	Name    string
	Image   string
	Volumes []string // "source:target"
	Secrets []string
}

// Project is a directory with a project file.
type Project struct {
	Dir  string
	Opts *settings.Options
}

// Mounts resolves the volumes of a service.
func (p *Project) Mounts(s Service) ([]mount.Mount, error) {
	var mounts []mount.Mount
	for _, v := range s.Volumes {
		source, target, ok := strings.Cut(v, ":")
		if !ok {
			return nil, fmt.Errorf("%s: volume %q has no target", s.Name, v)
		}
		if strings.HasPrefix(source, "./") {
			source = p.Dir + "/" + strings.TrimPrefix(source, "./") //@ host p.Dir + "/" + strings.TrimPrefix(source, "./")
			if _, err := os.Stat(source); err != nil {
				return nil, err
			}
		}
		if !path.IsAbs(target) { //@ slash
			target = path.Join(guestHome, target) //@ slash
		}
		mounts = append(mounts, mount.Mount{Type: "bind", Source: source, Target: target})
	}
	for _, name := range s.Secrets {
		mounts = append(mounts, mount.Mount{
			Type:     "bind",
			Source:   p.Dir + "/secrets/" + name, //@ host
			Target:   "/run/secrets/" + name,     //@ slash
			ReadOnly: true,
		})
	}
	return mounts, nil
}

// Config returns what the engine is asked for.
func (p *Project) Config(s Service) *container.Config {
	image := s.Image
	if !strings.Contains(image, "/") { //@ slash
		image = "library/" + image //@ slash
	}
	return &container.Config{
		Image:      image,
		WorkingDir: guestHome + "/" + s.Name,                                   //@ slash
		Env:        []string{"HOME=" + guestHome + "/" + s.Name},               //@ slash
		Cmd:        []string{"/bin/sh", "-c", "ls " + guestHome + "/*"},        //@ slash|text
		Volumes:    map[string]struct{}{path.Join(p.Opts.WorkDir, "data"): {}}, //@ slash
	}
}

// Binds returns the same as specifications for the command line.
func (p *Project) Binds(s Service) []string {
	data := p.Dir + "/data/" + s.Name //@ host
	if err := os.MkdirAll(data, 0o755); err != nil {
		return nil
	}
	inside := guestHome + "/data" //@ slash
	return []string{
		filepath.Clean(data) + ":" + inside,           //@ host filepath.Clean(data)
		data + "/log" + ":/var/log/" + s.Name + ":rw", //@ host data + "/log"
	}
}

// Bundle writes the files that a runtime wants, and returns its specification.
func (p *Project) Bundle(s Service) (*specs.Spec, error) {
	rootfs := filepath.Join(p.Dir, "bundles", s.Name) + "/rootfs" //@ host
	if err := os.MkdirAll(rootfs, 0o711); err != nil {
		return nil, err
	}
	hosts := rootfs + "/etc/hosts" //@ host
	if err := os.WriteFile(hosts, []byte("127.0.0.1 localhost\n"), 0o644); err != nil {
		return nil, err
	}
	return &specs.Spec{
		Process: &specs.Process{Cwd: path.Join("/", s.Name), Args: []string{"/init"}}, //@ slash path.Join("/", s.Name)
		Mounts: []specs.Mount{{
			Destination: "/mnt/" + s.Name,               //@ slash
			Source:      p.Opts.CacheDir + "/" + s.Name, //@ host
			Type:        "bind",
		}},
		Linux: &specs.Linux{CgroupsPath: "/compose/" + filepath.Base(p.Dir) + "/" + s.Name}, //@ slash
	}, nil
}

// Pod returns the same for a cluster.
func Pod(s Service) corev1.Container {
	return corev1.Container{
		Image:      "registry.example/" + s.Image, //@ slash
		WorkingDir: "/srv/" + s.Name,              //@ slash
		VolumeMounts: []corev1.VolumeMount{
			{Name: "data", MountPath: fmt.Sprintf("%s/%s/data", guestHome, s.Name)}, //@ slash
			{Name: "data", SubPath: s.Name + "/logs"},                               //@ slash
		},
	}
}
