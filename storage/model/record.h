// A record in memory: its message, and which revision set each of its parts.
#pragma once

#include <google/protobuf/message.h>
#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daftar/v1/records.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/kind.h"

namespace daftar {

using Revision = uint64_t;
using Rid = uint32_t;
// (field number, item key): names a part inside a record.
using PartId = std::pair<uint32_t, uint64_t>;

// A value: cheap to copy, the message is shared and never changes.
class Record {
 public:
  // DataLoss if the stored body does not parse.
  static StatusOr<Record> FromStored(const v1::StoredRecord& stored);
  // The same from a serialized StoredRecord, parsed in one go: for the paths that read many.
  static StatusOr<Record> FromStoredBytes(std::string_view stored);
  // A record that no server has seen yet, or one edited on top of a stored one.
  Record(Uuid id, Kind kind, std::shared_ptr<const google::protobuf::Message> message);

  const Uuid& id() const { return id_; }
  Kind kind() const { return kind_; }
  const google::protobuf::Message& message() const { return *message_; }
  // REQUIRES: the kind.
  const v1::Incident& incident() const;
  const v1::Actor& actor() const;
  const v1::Place& place() const;
  const v1::Source& source() const;
  const v1::Relation& relation() const;
  const v1::AlertPeriod& alert_period() const;

  // What every kind has; empty where the kind has none.
  const google::protobuf::RepeatedPtrField<v1::Name>& names() const;
  const google::protobuf::RepeatedPtrField<v1::Account>& accounts() const;
  const google::protobuf::RepeatedPtrField<v1::Choice>& choices() const;
  const google::protobuf::RepeatedPtrField<v1::External>& externals() const;
  const google::protobuf::RepeatedPtrField<v1::Tag>& tags() const;
  const std::string& notes() const;
  v1::Tlp::Code tlp() const;
  // nullptr: not retired.
  const v1::Retirement* retirement() const;

  // The revision that last set the part; 0: not known, or not accepted yet.
  Revision revision_of(PartId part) const;
  Revision created() const { return created_; }
  Revision revision() const { return revision_; }

  // Only what other records show of it is here: it does not belong to the replica's scope.
  bool stub() const { return stub_; }
  // Waits in the outbox, whole or in part.
  bool pending() const { return pending_; }
  void set_pending(bool pending) { pending_ = pending; }
  // For an edited record: the revisions of the stored record below, and whether that is a stub.
  void InheritRevisions(const Record& stored);

 private:
  static StatusOr<Record> Parse(std::string_view id, int kind, std::string_view body);

  Uuid id_;
  Kind kind_;
  std::shared_ptr<const google::protobuf::Message> message_;
  Revision created_ = 0, revision_ = 0;
  std::map<PartId, Revision> part_revisions_;
  bool pending_ = false, stub_ = false;
};

// The name for a reader of `lang`: preferred, else whole, in it; else preferred in any; else the first; "(no name)".
std::string DisplayName(const Record& record, std::string_view lang = "en");
// "sample:I01" of the first external id, else the UUID.
std::string DisplayId(const Record& record);

}  // namespace daftar
