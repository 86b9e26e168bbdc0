// Writes the SDKs of a Pulumi package: main <schema.json> <folder>.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The generators want a loader, and call it only for packages that a schema refers to: ours refers to none.
type none struct{ schema.ReferenceLoader }

type files = map[string][]byte

const tool = "pulumi-alicloud-ens"

var languages = map[string]func(*schema.Package) (files, error){
	"python": func(pkg *schema.Package) (files, error) {
		return python.GeneratePackage(tool, pkg, nil, none{})
	},
	"go": func(pkg *schema.Package) (files, error) {
		return golang.GeneratePackage(tool, pkg, nil)
	},
	"nodejs": func(pkg *schema.Package) (files, error) {
		written, err := nodejs.GeneratePackage(tool, pkg, nil, nil, true, none{})
		// This package compiles them, and its compiler wants the word.
		for name, content := range written {
			written[name] = bytes.ReplaceAll(content, []byte("static isInstance("), []byte("static override isInstance("))
		}
		return written, err
	},
}

func main() {
	log.SetFlags(0)
	for language, generate := range languages {
		// Each generator changes the package that it is given.
		written, err := generate(read(os.Args[1]))
		must(err)
		for name, content := range written {
			content = withoutDownload(name, content)
			file := filepath.Join(os.Args[2], language, name)
			must(os.MkdirAll(filepath.Dir(file), 0o755))
			must(os.WriteFile(file, content, 0o644))
		}
	}
}

// The plugin comes with the npm package. An SDK that asks for one makes Pulumi look for it on the internet: in vain and for
// seconds at every preview, and `pulumi new` and `pulumi install` fail.
func withoutDownload(name string, content []byte) []byte {
	if base := filepath.Base(name); base != "package.json" && base != "pulumi-plugin.json" {
		return content
	}
	return bytes.ReplaceAll(content, []byte(`"resource": true`), []byte(`"resource": false`))
}

func read(file string) *schema.Package {
	text, err := os.ReadFile(file)
	must(err)
	var spec schema.PackageSpec
	must(json.Unmarshal(text, &spec))
	pkg, diagnostics, err := schema.BindSpec(spec, none{}, schema.ValidationOptions{})
	must(err)
	if len(diagnostics) > 0 {
		log.Fatal(diagnostics)
	}
	return pkg
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
