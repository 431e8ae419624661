// What a link does to the bytes that it carries: slow, narrow, torn, silent. Plain values, one set for each direction.
#pragma once

#include <cstddef>
#include <cstdint>

namespace daftar {

// How a connection ends when its allowance of bytes is spent.
enum class CutKind {
  kReset,      // both ends see a reset, as when a modem loses its session; whatever is on the way is lost
  kHalfClose,  // the receiver sees an orderly end, the other direction goes on; later bytes are taken and dropped
};

// One direction. `up` is from who connects to the target, `down` the way back. Counts of bytes are those of one
// connection, delivered to the receiver, from its beginning.
struct DirectionFaults {
  int64_t delay_ms = 0;           // from taking a byte to handing it on
  int64_t rate_bits_per_s = 0;    // of all connections together; 0: no limit
  int64_t cut_after = -1;         // exactly so many bytes arrive, then the connection is cut; negative: never
  CutKind cut = CutKind::kReset;  // how
  int64_t stall_after = -1;       // so many bytes arrive, then nothing for a while; negative: never
  int64_t stall_ms = -1;          // for how long; negative: until faults without a stall are set
  size_t write_bytes = 0;         // most bytes of one write, each a segment of its own; 0: no limit
  int64_t pause_ms = 0;           // between two writes: with write_bytes a drip
};

struct LinkFaults {
  DirectionFaults up, down;
  // Nobody listens: who connects is refused. Connections that are open stay.
  bool refuse = false;
  // Round trips that a new connection takes before its first byte moves: TCP's handshake has one, which loopback hides.
  int round_trips = 0;

  // The poor link that figures are given for: 300 ms and 256 kbit/s each way, and the handshake's round trip.
  static LinkFaults Field() {
    LinkFaults faults;
    faults.up.delay_ms = faults.down.delay_ms = 300;
    faults.up.rate_bits_per_s = faults.down.rate_bits_per_s = 256'000;
    faults.round_trips = 1;
    return faults;
  }
};

}  // namespace daftar
