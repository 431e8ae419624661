// Looks at a database file that nobody should open yet, in a child process: a damaged file can kill its reader, through
// SIGBUS or an assertion inside LMDB, and it is better that it kills a child.
//
// Threads: the child is a fork that goes on to run ordinary code, so a process that has started threads cannot probe
// (FailedPrecondition): probe first thing in main. Nothing in the folder is changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/lmdb/check.h"

namespace daftar::lmdb {

struct ProbeOptions {
  // The child is ended after this time.
  int64_t deadline_ms = 30'000;
  // False: every page is visited and rows are counted and added up. True: every value is checked as well.
  bool deep = false;
};

enum class Verdict {
  kSound,
  kMissing,        // there is no database
  kInUse,          // another process has it open, so it was not read
  kCannotOpen,     // rights, another version of LMDB
  kTruncated,      // the file was cut short
  kDamagedRows,    // values are damaged or rows vanished: the rest can be read, and these be repaired
  kDamagedInside,  // the structure is damaged: rebuild or restore
  kKilledReader,   // reading it ends the program that does
  kNotFinished,    // out of time; nothing wrong was seen until then
};

struct ProbeReport {
  Verdict verdict = Verdict::kSound;
  // What was found, what is safe and what to do: one or two sentences.
  std::string words;
  // What was read until the end, or until the reader was.
  struct TableReport {
    std::string name;
    uint64_t rows = 0;
    uint64_t bytes = 0;  // pages in use times page size
    bool healthy = true;
    std::string words;
  };
  std::vector<TableReport> tables;
  // False: the file has no row counts, as before they were kept, so rows that vanished would not be seen.
  bool counted = true;
  // Of the program before this one.
  bool closed_cleanly = true;

  // A program may open it: what is damaged will be said value by value.
  bool may_be_opened() const {
    return verdict == Verdict::kSound || verdict == Verdict::kDamagedRows || verdict == Verdict::kNotFinished;
  }
};

// Reads the file from end to end. `tables`: those to look at; empty: all that the file holds. Damage is not an error.
StatusOr<ProbeReport> Probe(const std::string& folder, const std::vector<std::string>& tables,
                            const ProbeOptions& options = {});

}  // namespace daftar::lmdb
