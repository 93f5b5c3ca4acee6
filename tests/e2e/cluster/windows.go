package main

import (
	"sort"

	core "k8s.io/api/core/v1"
)

// refusedPod is what the API server (1.32) refuses of a pod that says os.name: windows, and of one of HostProcess containers.
func refusedPod(pod *core.PodSpec) []string {
	var refused []string
	if pod.OS != nil && pod.OS.Name == core.Windows {
		refused = append(refused, linuxOnly(pod)...)
		for _, container := range append(append([]core.Container{}, pod.InitContainers...), pod.Containers...) {
			refused = append(refused, linuxOnlyOf(container)...)
		}
	}
	if hostProcess(pod) && !pod.HostNetwork {
		refused = append(refused, "hostProcess without hostNetwork")
	}
	return refused
}

func linuxOnly(pod *core.PodSpec) []string {
	wrong := map[string]bool{
		"hostPID":               pod.HostPID,
		"hostIPC":               pod.HostIPC,
		"hostUsers":             pod.HostUsers != nil,
		"shareProcessNamespace": pod.ShareProcessNamespace != nil,
	}
	if context := pod.SecurityContext; context != nil {
		wrong["appArmorProfile"] = context.AppArmorProfile != nil
		wrong["fsGroup"] = context.FSGroup != nil
		wrong["fsGroupChangePolicy"] = context.FSGroupChangePolicy != nil
		wrong["runAsGroup"] = context.RunAsGroup != nil
		wrong["runAsUser"] = context.RunAsUser != nil
		wrong["seLinuxChangePolicy"] = context.SELinuxChangePolicy != nil
		wrong["seLinuxOptions"] = context.SELinuxOptions != nil
		wrong["seccompProfile"] = context.SeccompProfile != nil
		wrong["supplementalGroups"] = context.SupplementalGroups != nil
		wrong["supplementalGroupsPolicy"] = context.SupplementalGroupsPolicy != nil
		wrong["sysctls"] = len(context.Sysctls) != 0
	}
	return names("", wrong)
}

func linuxOnlyOf(container core.Container) []string {
	context := container.SecurityContext
	if context == nil {
		return nil
	}
	return names(container.Name+" ", map[string]bool{
		"allowPrivilegeEscalation": context.AllowPrivilegeEscalation != nil,
		"appArmorProfile":          context.AppArmorProfile != nil,
		"capabilities":             context.Capabilities != nil,
		"privileged":               context.Privileged != nil,
		"procMount":                context.ProcMount != nil,
		"readOnlyRootFilesystem":   context.ReadOnlyRootFilesystem != nil,
		"runAsGroup":               context.RunAsGroup != nil,
		"runAsUser":                context.RunAsUser != nil,
		"seLinuxOptions":           context.SELinuxOptions != nil,
		"seccompProfile":           context.SeccompProfile != nil,
	})
}

func names(of string, wrong map[string]bool) []string {
	var found []string
	for name, is := range wrong {
		if is {
			found = append(found, of+name)
		}
	}
	sort.Strings(found)
	return found
}

func hostProcess(pod *core.PodSpec) bool {
	says := func(options *core.WindowsSecurityContextOptions) bool {
		return options != nil && options.HostProcess != nil && *options.HostProcess
	}
	if context := pod.SecurityContext; context != nil && says(context.WindowsOptions) {
		return true
	}
	for _, container := range pod.Containers {
		if context := container.SecurityContext; context != nil && says(context.WindowsOptions) {
			return true
		}
	}
	return false
}
