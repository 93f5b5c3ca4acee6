// Command cluster reads manifests as those do that have to run them: the API server of Kubernetes, with what kustomize makes of an
// overlay, and Compose.
//
//	cluster kubernetes FILE|FOLDER…   fields are known, and the API server takes the objects
//	cluster compose FILE…             the files, merged in this order, are a project
//
// It prints what it read, as YAML, and fails with all that is wrong.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func main() {
	if len(os.Args) < 3 {
		fail(errors.New("usage: cluster kubernetes FILE|FOLDER… | cluster compose FILE…"))
	}
	switch os.Args[1] {
	case "kubernetes":
		for _, name := range os.Args[2:] {
			fail(kubernetes(name))
		}
	case "compose":
		fail(compose(os.Args[2:]))
	default:
		fail(fmt.Errorf("no such reader: %s", os.Args[1]))
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// kubernetes reads a file of manifests, or what kustomize builds in a folder.
func kubernetes(name string) error {
	text, err := built(name)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n", text)
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	var problems []error
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return errors.Join(problems...)
		}
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(document)) != 0 {
			problems = append(problems, served(document))
		}
	}
}

// built is the text of a file, or of the objects that a folder's kustomization makes.
func built(name string) ([]byte, error) {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		text, err := os.ReadFile(name)
		return text, err
	}
	objects, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), filepath.Clean(name))
	if err != nil {
		return nil, err
	}
	return objects.AsYaml()
}

// served says what an API server has against an object: fields that it does not know, and pods that it refuses.
func served(document []byte) error {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{apps.AddToScheme, batch.AddToScheme, core.AddToScheme} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	strict := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Yaml: true, Strict: true})
	object, kind, err := strict.Decode(document, nil, nil)
	if runtime.IsNotRegisteredError(err) {
		return nil // runs no pods
	}
	if err != nil {
		return err
	}
	if pod := podOf(object); pod != nil {
		if refused := refusedPod(pod); len(refused) != 0 {
			return fmt.Errorf("%s: a pod for Windows must not have %s", kind.Kind, strings.Join(refused, ", "))
		}
	}
	return nil
}

func podOf(object runtime.Object) *core.PodSpec {
	switch object := object.(type) {
	case *apps.Deployment:
		return &object.Spec.Template.Spec
	case *apps.StatefulSet:
		return &object.Spec.Template.Spec
	case *apps.DaemonSet:
		return &object.Spec.Template.Spec
	case *batch.Job:
		return &object.Spec.Template.Spec
	case *batch.CronJob:
		return &object.Spec.JobTemplate.Spec.Template.Spec
	case *core.Pod:
		return &object.Spec
	}
	return nil
}

// compose loads and merges files as `docker compose -f A -f B config` does.
func compose(files []string) error {
	options, err := cli.NewProjectOptions(files, cli.WithName("project"), cli.WithWorkingDirectory(filepath.Dir(files[0])))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	text, err := project.MarshalYAML()
	if err != nil {
		return err
	}
	// Paths of this machine say nothing.
	absolute, err := filepath.Abs(filepath.Dir(files[0]))
	if err != nil {
		return err
	}
	fmt.Print(strings.ReplaceAll(string(text), absolute, "."))
	return nil
}
