// The records that a page names, each read once: for this folder alone.
//
// Building a page asks for many names; a failure to read is kept here and given by status() at the end, so that the
// builders need not check every name. One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "client/model/row.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/view/read_view.h"

namespace daftar {

class Names {
 public:
  // Empty: the reader's language.
  explicit Names(const ReadView& view, std::string_view language = "");
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  // The first error of reading, if any.
  const Status& status() const { return status_; }
  const ReadView& view() const { return view_; }
  const std::string& language() const { return language_; }

  // nullptr if there is none, or it cannot be read. Valid as long as this object.
  const Record* Find(const Uuid& id);
  // From the 16 bytes of a reference; nullptr for empty ones too.
  const Record* Find(std::string_view bytes);
  // Empty for an empty reference; "(unknown record)" for one that is not here, or "(outside the slice)".
  PageLink LinkTo(std::string_view bytes);
  PageLink LinkTo(const Record& record);
  // What stands for a record that is not here.
  std::string Missing();
  // The title of a page: a relation's is made of its ends.
  std::string Title(const Record& record);
  // "Tajikistan — does not recognise — Taliban". The ends are references.
  std::string RelationTitle(std::string_view from, v1::RelationType::Code type, bool negated, std::string_view to);
  // "S2": the key of the first external id, else the beginning of the name.
  std::string Label(std::string_view bytes);
  // What storage/model reads with.
  RecordLookup Lookup();
  // Keeps the error of a status; the value of one that is fine.
  template <typename T>
  T Take(StatusOr<T> result) {
    if (result.ok()) return *std::move(result);
    Keep(result.status());
    return T();
  }
  void Keep(const Status& status) {
    if (status_.ok() && !status.ok()) status_ = status;
  }

 private:
  const ReadView& view_;
  const std::string language_;
  std::map<Uuid, std::optional<Record>> records_;
  Status status_;
};

}  // namespace daftar
