// tmaxmax/go-sse reconnects by itself, with the last id.
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"time"

	"github.com/tmaxmax/go-sse"
)

func main() {
	ctx, done := context.WithCancel(context.Background())
	defer done()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, os.Args[1], http.NoBody)
	if err != nil {
		panic(err)
	}
	client := sse.Client{Backoff: sse.Backoff{InitialInterval: 300 * time.Millisecond}}
	out := json.NewEncoder(os.Stdout)
	connection := client.NewConnection(request)
	connection.SubscribeMessages(func(event sse.Event) {
		if err := out.Encode(map[string]string{"id": event.LastEventID, "data": event.Data}); err != nil {
			panic(err)
		}
		if event.Data == "end" {
			done()
		}
	})
	if err := connection.Connect(); err != nil && ctx.Err() == nil {
		panic(err)
	}
}
