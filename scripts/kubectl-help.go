// Renews src/sim/kubectl/help.json from the commands of the real kubectl: in the source of Kubernetes 1.20.2, as Debian 12
// has it, put this file into cmd/kubectl-help, build it as cmd/kubectl is built, and run it: ./kubectl-help > help.json
package main

import (
	"encoding/json"
	goflag "flag"
	"os"
	"sort"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	cliflag "k8s.io/component-base/cli/flag"
	"k8s.io/kubectl/pkg/cmd"

	// Adds the flags of the log to those of the process.
	_ "k8s.io/kubectl/pkg/util/logs"
)

type row struct {
	Name      string `json:"name"`
	Shorthand string `json:"shorthand,omitempty"`
	Type      string `json:"type"`
	Default   string `json:"default,omitempty"`
	Alone     string `json:"alone,omitempty"`
	Usage     string `json:"usage"`
}

type page struct {
	Aliases  []string `json:"aliases,omitempty"`
	Short    string   `json:"short"`
	Long     string   `json:"long,omitempty"`
	Example  string   `json:"example,omitempty"`
	Usage    string   `json:"usage"`
	Runnable bool     `json:"runnable"`
	Flags    []int    `json:"flags,omitempty"`
}

var rows = []row{}
var known = map[row]int{}
var pages = map[string]page{}

// numbered gives the places of the flags in the list of all.
func numbered(flags *pflag.FlagSet, skip func(*pflag.Flag) bool) []int {
	found := []int{}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" || skip(f) {
			return
		}
		each := row{f.Name, f.Shorthand, f.Value.Type(), f.DefValue, f.NoOptDefVal, f.Usage}
		at, ok := known[each]
		if !ok {
			at = len(rows)
			known[each] = at
			rows = append(rows, each)
		}
		found = append(found, at)
	})
	return found
}

func walk(c *cobra.Command) {
	for _, each := range c.Commands() {
		if each.Hidden || (each.HasSubCommands() && !each.HasAvailableSubCommands()) {
			continue
		}
		persistent := each.PersistentFlags()
		flags := numbered(each.LocalFlags(), func(f *pflag.Flag) bool { return persistent.Lookup(f.Name) != nil })
		usage := each.UseLine()
		if (each.HasFlags() || len(flags) > 0) && !strings.Contains(usage, "[options]") {
			usage += " [options]"
		}
		name := strings.TrimPrefix(each.CommandPath(), "kubectl ")
		pages[name] = page{each.Aliases, each.Short, strings.TrimSpace(each.Long), strings.TrimRight(each.Example, " \n"), usage, each.Runnable(), flags}
		walk(each)
	}
}

func main() {
	root := cmd.NewDefaultKubectlCommand()
	pflag.CommandLine.SetNormalizeFunc(cliflag.WordSepNormalizeFunc)
	pflag.CommandLine.AddGoFlagSet(goflag.CommandLine)
	var text strings.Builder
	root.SetOut(&text)
	root.Help()
	// The lists of `kubectl --help`, a title and names each.
	groups := [][]string{}
	for _, part := range strings.Split(text.String(), "\n\n") {
		lines := strings.Split(part, "\n")
		if !strings.Contains(lines[0], "Commands") {
			continue
		}
		group := []string{lines[0]}
		for _, line := range lines[1:] {
			group = append(group, strings.Fields(line)[0])
		}
		groups = append(groups, group)
	}
	for _, each := range root.Commands() {
		each.InitDefaultHelpFlag()
	}
	walk(root)
	root.PersistentFlags().AddFlagSet(pflag.CommandLine)
	global := numbered(root.PersistentFlags(), func(f *pflag.Flag) bool { return false })
	sort.Slice(global, func(a, b int) bool { return rows[global[a]].Name < rows[global[b]].Name })
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.Encode(map[string]interface{}{"groups": groups, "flags": rows, "global": global, "commands": pages})
}
