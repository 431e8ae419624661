// Scopes: which records a replica holds, and how much of them.
//
// An incident is held if some account places it in one of the countries and in one of the places (or in what lies in
// them), if it is of one of the kinds, if some account dates it within the days, or none dates it, if it has one of the
// tags, and if some account counts enough killed. What the scope does not name does not narrow. Alert periods: the same
// without kind and killed; their areas count as places. Places, sources and relations are held always; an actor whose
// country is not among the countries is held as a stub.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "daftar/v1/scope.pb.h"
#include "storage/base/status.h"
#include "storage/model/compare.h"
#include "storage/model/parts.h"
#include "storage/model/record.h"

namespace daftar {

// How much of a record is held.
enum class Hold : uint8_t { kNothing, kStub, kWhole };

// Whether a part belongs to a stub: coded fields, names, keys and tags do; notes, accounts and all behind tags do not.
bool IsInStub(PartId part);
// What a stub holds of a body. InvalidArgument if that is malformed.
StatusOr<std::string> StubBody(std::string_view body);

// One scope as a rule. A value; reading it is thread-safe.
class Scope {
 public:
  // Everything.
  Scope() = default;
  // Foreign bytes: InvalidArgument, in words, for what is not a scope in its one form, or too long a one.
  static StatusOr<Scope> From(const v1::Scope& message);

  bool everything() const { return bytes_.empty(); }
  // Whether where a record lies decides: when a place moves, records may enter or leave that did not change.
  bool by_place() const { return message_.country_size() + message_.place_size() > 0; }
  const v1::Scope& message() const { return message_; }
  // The one way in which it is written; empty: everything.
  const std::string& bytes() const { return bytes_; }
  friend bool operator==(const Scope& a, const Scope& b) { return a.bytes_ == b.bytes_; }

  // `lookup` reads places.
  StatusOr<Hold> HoldOf(const Record& record, const RecordLookup& lookup) const;

 private:
  StatusOr<bool> HoldsIncident(const Record& record, const RecordLookup& lookup) const;
  StatusOr<bool> HoldsAlert(const Record& record, const RecordLookup& lookup) const;
  StatusOr<bool> LiesWithin(std::string place, const RecordLookup& lookup) const;
  StatusOr<bool> HoldsAnyPlaceOf(const Record& record, const RecordLookup& lookup) const;
  bool HoldsDays(const Record& record) const;
  bool HoldsTags(const Record& record) const;
  bool HoldsToll(const Record& record) const;

  v1::Scope message_;
  std::string bytes_;
};

// The canonical form of what a person asked for: lists sorted, each entry once, tags folded.
v1::Scope Canonical(v1::Scope scope);

}  // namespace daftar
