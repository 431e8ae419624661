// A change of what belongs to the reader alone, as a screen or a command wishes it.
#pragma once

#include <cstdint>
#include <string>

#include "client/model/visits.h"
#include "storage/base/status.h"

namespace daftar {

class PrivateStore;
class ReadView;

struct OwnChange {
  enum class What {
    kPin,
    kUnpin,
    kNote,        // text: all of the note
    kTag,         // text: the tag
    kUntag,       // text: the tag
    kSaveSearch,  // address: of the search; text: its name, or empty
    kForgetSearch,
    kPinSearch,
    kUnpinSearch,
    kLooked,  // the hits of the saved search have been seen
    kRead,    // what changed up to the revision `number` is read
    kHomeShown,
    kPageShown,  // address and, as its title, text
  };
  What what;
  std::string record;  // UUID, of those that are about a record
  std::string text;
  std::string address;
  uint64_t number = 0;  // of the saved search
};

// Where it is kept.
struct OwnPlace {
  const ReadView& view;
  PrivateStore& store;
  Visits& visits;
  int64_t now_ms = 0;
};

// Durable when this returns. InvalidArgument and ResourceExhausted say what may not be kept; NotFound: there is no such
// record, or saved search. What is kept of a record that has ended can still be changed.
Status Keep(const OwnChange& change, const OwnPlace& place);

}  // namespace daftar
