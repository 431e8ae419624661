// comment: what people say about a record or a part of it, on the way to its review.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/forms/reviewing.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/review_words.h"

namespace daftar::ctl {
namespace {

struct CommentWish {
  std::string id, at, text, reply, key;
  bool undo = false, dry_run = false;
};

Reply Add(Workstation& station, const CommentWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const Voice author, forms::VoiceOf(station));
  uint64_t key = 0;
  Reply reply = ChangeRecord(
      station, "comment_add", wish.id, {forms::kCommented, wish.dry_run},
      [&](const ReadView&, const Record& record) -> StatusOr<Reviewed> {
        PartId part{0, 0};
        if (!wish.at.empty()) {
          DAFTAR_ASSIGN_OR_RETURN(part, PartAt(record.message(), wish.at));
        }
        uint64_t answered = 0;
        if (!wish.reply.empty()) {
          DAFTAR_ASSIGN_OR_RETURN(answered, ChooseKey(CommentKeys(record), wish.reply, "comment"));
        }
        DAFTAR_ASSIGN_OR_RETURN(const Commented commented, AddComment(record, part, wish.text, author, answered));
        key = commented.key;
        return commented.record;
      });
  if (reply.failed()) return reply;
  reply.json["comment"] = key;
  reply.text = "comment " + std::to_string(key) + "\n" + reply.text;
  return reply;
}

Reply Done(Workstation& station, const CommentWish& wish) {
  uint64_t key = 0;
  Reply reply = ChangeRecord(station, "comment_done", wish.id,
                             {wish.undo ? forms::kCommentOpen : forms::kCommentDone, wish.dry_run},
                             [&](const ReadView&, const Record& record) -> StatusOr<Reviewed> {
                               DAFTAR_ASSIGN_OR_RETURN(key, ChooseKey(CommentKeys(record), wish.key, "comment"));
                               return SetCommentDone(record, key, !wish.undo);
                             });
  if (!reply.failed()) reply.json["comment"] = key;
  return reply;
}

Reply Remove(Workstation& station, const CommentWish& wish) {
  uint64_t key = 0;
  Reply reply = ChangeRecord(station, "comment_remove", wish.id, {forms::kCommentGone, wish.dry_run},
                             [&](const ReadView&, const Record& record) -> StatusOr<Reviewed> {
                               DAFTAR_ASSIGN_OR_RETURN(key, ChooseKey(CommentKeys(record), wish.key, "comment"));
                               return RemoveComment(record, key);
                             });
  if (!reply.failed()) reply.json["comment"] = key;
  return reply;
}

Reply List(Workstation& station, const std::string& id) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, id));
  Told told = TellComments(found.record);
  Reply reply = Reply::Answer("comment_list");
  reply.json["id"] = found.id.ToString();
  reply.json["kind"] = KindWord(found.record.kind());
  reply.json["title"] = DisplayName(found.record);
  reply.json["total"] = told.json.size();
  reply.text = DisplayName(found.record) + " (" + DisplayId(found.record) + ")\n" +
               (told.text.empty() ? "no comments\n" : told.text);
  reply.json["comments"] = std::move(told.json);
  return reply;
}

using Action = Reply (*)(Workstation&, const CommentWish&);

void Run(CLI::App& verb, Context& context, const std::shared_ptr<CommentWish>& wish, Action action) {
  verb.add_flag("--dry-run", wish->dry_run, "Show what would change, and queue nothing");
  verb.callback([&context, wish, action] {
    context.action = [&context, wish, action] {
      return WithWorkstation(context, [&](Workstation& station) { return action(station, *wish); });
    };
  });
}

}  // namespace

void AddCommentCommands(CLI::App& app, Context& context) {
  CLI::App& comment = AddVerb(app, "comment", "What people say about a record, on the way to its review",
                              "  daftarctl comment add sample:I01 \"which day was it?\"\n"
                              "  daftarctl comment list sample:I01");
  auto wish = std::make_shared<CommentWish>();
  const auto add_id = [&wish](CLI::App& verb) {
    verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  };
  CLI::App& add = AddVerb(comment, "add", "Say something about a record or a part of it; everybody reads it",
                          "  daftarctl comment add sample:I01 --at 'accounts[0]' \"the article says 31 August\"\n"
                          "  daftarctl comment add sample:I01 --reply 2701 \"so it does\"");
  add_id(add);
  add.add_option("text", wish->text, "The words")->required()->type_name("TEXT");
  add.add_option("--at", wish->at, "What it is about: notes, accounts[0], accounts[key=7]")->type_name("PATH");
  add.add_option("--reply", wish->reply, "The comment that it answers, as comment list names it")->type_name("KEY");
  Run(add, context, wish, Add);
  CLI::App& done = AddVerb(comment, "done", "What a comment asks for is done",
                           "  daftarctl comment done sample:I01 2701\n"
                           "  daftarctl comment done sample:I01 2701 --undo");
  add_id(done);
  done.add_option("key", wish->key, "The comment, or the beginning of its key")->required()->type_name("KEY");
  done.add_flag("--undo", wish->undo, "It is not done after all");
  Run(done, context, wish, Done);
  CLI::App& remove = AddVerb(comment, "remove", "Take a comment back, with the answers to it",
                             "  daftarctl comment remove sample:I01 2701");
  add_id(remove);
  remove.add_option("key", wish->key, "The comment, or the beginning of its key")->required()->type_name("KEY");
  Run(remove, context, wish, Remove);
  CLI::App& list = AddVerb(comment, "list", "All comments of a record, answers below what they answer",
                           "  daftarctl comment list sample:I01\n"
                           "  daftarctl comment list sample:I01 --json");
  add_id(list);
  list.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return List(station, wish->id); });
    };
  });
}

}  // namespace daftar::ctl
