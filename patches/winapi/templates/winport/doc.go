// Package winport does on Windows what the rest of the module knows from Unix.
package winport
