module allim.dev/clients/go-sse

go 1.25

require github.com/tmaxmax/go-sse v0.12.0
