// What the window asks of a workstation: questions that take a moment, each answered with plain values. The worker's
// thread calls it, one call at a time; a test puts a book of its own in its place.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "client/model/account_form.h"
#include "client/model/home.h"
#include "client/model/list.h"
#include "client/model/page.h"
#include "client/model/search_model.h"
#include "client/model/sync_state.h"
#include "storage/base/status.h"

namespace daftar::app {

// A search as the window asks it.
struct SearchQuestion {
  std::string query, kind, sort;  // words; empty: all kinds, the usual order
  bool patient = false;           // however long it takes; else it is being typed, and the next letter is near
};

class Library {
 public:
  virtual ~Library() = default;

  virtual StatusOr<Home> ReadHome() = 0;
  // `kind`: its word.
  virtual StatusOr<List> ReadList(const std::string& kind, std::optional<int32_t> as_of) = 0;
  virtual StatusOr<Page> ReadPage(const std::string& id, std::optional<int32_t> as_of) = 0;
  virtual StatusOr<SearchPage> Search(const SearchQuestion& question, const std::atomic<bool>& stop) = 0;
  virtual StatusOr<SyncFacts> ReadSyncFacts() = 0;
  virtual StatusOr<std::vector<PageLink>> Suggest(const AccountForm& form, const std::string& field) = 0;
  // Fills the form's problems.
  virtual StatusOr<bool> Check(AccountForm& form) = 0;
  // Durable when this returns.
  virtual Status Submit(AccountForm& form, const std::string& reason) = 0;
};

}  // namespace daftar::app
