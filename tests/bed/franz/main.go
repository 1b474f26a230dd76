// A Schema Registry in memory at the root path, on the registry that franz-go offers to tests.
//
// Usage: franz PLAIN GUARDED TLS CERTIFICATE KEY, the first three being addresses to listen at. The
// guarded one asks for `Bearer bed-token` or the user `bed` with the password `bed-secret`. Each
// address has schemas of its own.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/twmb/franz-go/pkg/sr/srfake"
)

func registry() http.Handler {
	return srfake.NewRegistry().Handler()
}

// Passes on requests of those who may.
func guarded(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		known := user == "bed" && password == "bed-secret"
		if known || r.Header.Get("Authorization") == "Bearer bed-token" {
			inner.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="bed"`)
		w.Header().Set("Content-Type", "application/vnd.schemaregistry.v1+json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"error_code":40101,"message":"Unauthorized"}`))
	})
}

func main() {
	if len(os.Args) != 6 {
		log.Fatal("usage: franz PLAIN GUARDED TLS CERTIFICATE KEY")
	}
	go func() { log.Fatal(http.ListenAndServe(os.Args[2], guarded(registry()))) }()
	go func() {
		log.Fatal(http.ListenAndServeTLS(os.Args[3], os.Args[4], os.Args[5], registry()))
	}()
	log.Fatal(http.ListenAndServe(os.Args[1], registry()))
}
