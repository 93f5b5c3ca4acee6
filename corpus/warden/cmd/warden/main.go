// Warden keeps the keys of a service.
//
//	warden check KEY     is the key for its owner alone?
//	warden keep SRC DST  keep a copy that nobody changes
//	warden owner FILE    give a file to the account of the service
//	warden where         where things lie
//	warden config        show the configuration
//	warden clock ZONE    is the time zone known?
//	warden state         show the state
//	warden note TEXT     keep a state
package main

import (
	"fmt"
	"os"

	"example.com/warden/internal/keys"
	"example.com/warden/internal/place"
	"example.com/warden/internal/state"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "warden: say what to do")
		os.Exit(2)
	}
	if err := run(os.Args[1], append(os.Args[2:], "", "")); err != nil {
		fmt.Fprintln(os.Stderr, "warden:", err)
		os.Exit(1)
	}
}

func run(verb string, args []string) error {
	switch verb {
	case "check":
		return keys.Check(args[0])
	case "keep":
		return keys.Keep(args[0], args[1])
	case "owner":
		return keys.Give(args[0], 1000, 1000)
	case "where":
		fmt.Println(place.Personal())
		return nil
	case "config":
		text, err := place.Config()
		fmt.Print(text)
		return err
	case "clock":
		return place.Zone(args[0])
	case "state":
		text, err := state.Read()
		fmt.Println(text)
		return err
	case "note":
		return state.Write(args[0])
	}
	return fmt.Errorf("%s: what is that?", verb)
}
