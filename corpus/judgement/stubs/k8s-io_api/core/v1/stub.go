// Package v1 stands in for the API types.
package v1

type VolumeMount struct {
	Name      string
	MountPath string
	SubPath   string
}

type HostPathVolumeSource struct {
	Path string
}

type Container struct {
	Image        string
	Command      []string
	WorkingDir   string
	VolumeMounts []VolumeMount
}
