// form: records filled in step by step, as the window does it: kept as they are typed, checked, sent; and templates.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/forms/labels.h"
#include "client/forms/open_form.h"
#include "client/forms/reach.h"
#include "client/sync/form_drafts.h"
#include "daftar/v1/private.pb.h"
#include "storage/model/kind.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using forms::OpenForm;

struct FormWish {
  std::string kind, id, like, name, reason;
  uint64_t number = 0, from = 0;
  std::vector<std::string> sets, removes;
};

StatusOr<OpenForm> TakeUp(Workstation& station, uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::FormDraft draft, station.forms().Get(number));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  return forms::TakeUpDraft(*read, draft);
}

Status Keep(Workstation& station, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(open.number, station.forms().Keep(forms::DraftOf(open, station.clock().NowMs(), false)));
  return OkStatus();
}

// What is typed, and what is wrong, of every field.
nlohmann::ordered_json FieldsJson(const forms::Form& form) {
  auto fields = nlohmann::ordered_json::array();
  for (const forms::Node node : form.AllFields()) {
    const forms::Field& field = form.field(node);
    const bool said = form.IsFilled(node) && field.items.empty() && !field.spec->list;
    if (!said && field.problems.empty() && field.warnings.empty()) continue;
    nlohmann::ordered_json json;
    json["path"] = form.PathOf(node);
    json["text"] = field.text;
    json["changed"] = field.text != field.base_text;
    json["understood"] = field.understood;
    json["problems"] = field.problems;
    json["warnings"] = field.warnings;
    fields.push_back(std::move(json));
  }
  return fields;
}

// The form with its number, what is typed, and what is wrong with it.
StatusOr<Reply> Told(const Workstation& station, OpenForm& open, const char* schema) {
  DAFTAR_ASSIGN_OR_RETURN(const bool ready, forms::Check(station, open));
  Reply reply = Reply::Answer(schema);
  reply.json["form"] = open.number;
  reply.json["kind"] = open.form.kind();
  reply.json["id"] = open.id.ToString();
  reply.json["create"] = open.create;
  reply.json["ready"] = ready;
  reply.json["fields"] = FieldsJson(open.form);
  std::vector<std::string> problems = open.form.problems();
  for (const std::string& problem : open.reason_problems) problems.push_back("reason: " + problem);
  reply.json["problems"] = problems;
  reply.json["notes"] = open.notes;
  const std::string number = std::to_string(open.number);
  reply.text = "form " + number + ": " + forms::TitleOf(open) + "\n" + forms::FormAsText(open.form);
  for (const std::string& problem : open.reason_problems) reply.text += "✗ reason: " + problem + "\n";
  for (const std::string& note : open.notes) reply.talk.push_back("note: " + note);
  reply.talk.push_back(ready ? "nothing is wrong with it; to send it: daftarctl form send " + number
                             : "to change it: daftarctl form set " + number + " PATH=TEXT");
  return reply;
}

// Types into the form; everything wrong is told, and nothing is kept unless nothing is.
StatusOr<std::vector<FieldProblem>> Apply(const FormWish& wish, int64_t now_ms, OpenForm& open) {
  std::vector<FieldProblem> problems;
  for (const std::string& remove : wish.removes) {
    forms::Node node = open.form.Find(remove);
    if (node != 0 && !open.form.is_item(node)) node = open.form.field(node).item;
    const bool in_list = node != 0 && open.form.item(node).field != 0 && remove.ends_with(']');
    if (in_list) {
      open.form.RemoveItem(node, now_ms);
    } else {
      problems.push_back({remove, "is no item of a list of this form"});
    }
  }
  for (const std::string& set : wish.sets) {
    DAFTAR_ASSIGN_OR_RETURN(const auto assignment, SplitAssignment(set));
    const StatusOr<forms::Node> node = forms::Reach(open.form, assignment.first, now_ms);
    if (node.ok()) {
      open.form.SetText(*node, assignment.second, now_ms);
      forms::Typed(open.form, *node);
    } else {
      problems.push_back({assignment.first, Message(node.status())});
    }
  }
  if (!wish.reason.empty()) open.reason = wish.reason;
  return problems;
}

Reply Change(Workstation& station, const FormWish& wish, StatusOr<OpenForm> begun) {
  DAFTAR_ASSIGN_OR_RETURN(OpenForm open, std::move(begun));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldProblem> problems, Apply(wish, station.clock().NowMs(), open));
  if (!problems.empty()) return Reply::Invalid("the form has no such places; nothing was changed", problems);
  DAFTAR_RETURN_IF_ERROR(Keep(station, open));
  DAFTAR_ASSIGN_OR_RETURN(Reply reply, Told(station, open, "form"));
  return reply;
}

StatusOr<OpenForm> BeginWished(Workstation& station, const FormWish& wish) {
  if (!wish.like.empty()) return forms::BeginLike(station, wish.like);
  if (wish.from != 0) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::FormDraft draft, station.forms().Get(wish.from));
    return forms::BeginFrom(station, draft);
  }
  return forms::BeginNew(station, KindWord(*KindFromWord(wish.kind)));
}

Reply List(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FormDraft> all, station.forms().All());
  Reply reply = Reply::Answer("form_list");
  auto list = nlohmann::ordered_json::array();
  for (const v1::FormDraft& draft : all) {
    nlohmann::ordered_json json;
    json["form"] = draft.number();
    json["kind"] = KindWord(draft.kind());
    json["title"] = draft.title();
    json["create"] = draft.create();
    json["template"] = draft.template_name();
    json["kept"] = TimeJson(draft.kept_ms());
    json["recovered"] = draft.open();
    list.push_back(std::move(json));
    reply.text += std::to_string(draft.number()) + "  " + std::string(KindWord(draft.kind())) + "  " + draft.title();
    if (!draft.template_name().empty()) reply.text += "  (template " + draft.template_name() + ")";
    if (draft.open()) reply.text += "  (was open when the program ended without warning)";
    reply.text += "\n";
  }
  if (all.empty()) reply.text = "no forms\n";
  reply.json["total"] = all.size();
  reply.json["forms"] = std::move(list);
  return reply;
}

Reply Show(Workstation& station, const FormWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(OpenForm open, TakeUp(station, wish.number));
  DAFTAR_ASSIGN_OR_RETURN(Reply reply, Told(station, open, "form"));
  return reply;
}

Reply Send(Workstation& station, const FormWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(OpenForm open, TakeUp(station, wish.number));
  if (!wish.reason.empty()) open.reason = wish.reason;
  DAFTAR_ASSIGN_OR_RETURN(const bool ready, forms::Check(station, open));
  if (!ready) {
    std::vector<FieldProblem> problems;
    for (const forms::Node node : open.form.AllFields()) {
      for (const std::string& problem : open.form.field(node).problems)
        problems.push_back({open.form.PathOf(node), problem});
    }
    for (const std::string& problem : open.form.problems()) problems.push_back({"", problem});
    for (const std::string& problem : open.reason_problems)
      problems.push_back({"reason", problem + ": --reason \"…\""});
    return Reply::Invalid("the form may not be sent so; it is kept as it is", problems);
  }
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t queued, forms::Send(station, open));
  Reply reply = Reply::Answer("form_send");
  reply.json["form"] = wish.number;
  reply.json["id"] = open.id.ToString();
  reply.json["queued"] = queued;
  reply.text =
      "id " + open.id.ToString() + "\nqueued as #" + std::to_string(queued) + "; it goes out with the next sync\n";
  return reply;
}

Reply Drop(Workstation& station, const FormWish& wish) {
  DAFTAR_RETURN_IF_ERROR(station.forms().Drop(wish.number));
  Reply reply = Reply::Answer("form_drop");
  reply.json["form"] = wish.number;
  reply.text = "form " + std::to_string(wish.number) + " is gone; the record stays as it is\n";
  return reply;
}

// The form stays a form; the template is a copy of it under a name.
Reply MakeTemplate(Workstation& station, const FormWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(OpenForm open, TakeUp(station, wish.number));
  DAFTAR_ASSIGN_OR_RETURN(v1::FormDraft draft, station.forms().Get(wish.number));
  draft.clear_number();
  draft.set_template_name(wish.name);
  draft.clear_open();
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t number, station.forms().Keep(std::move(draft)));
  Reply reply = Reply::Answer("form_template");
  reply.json["form"] = number;
  reply.json["template"] = wish.name;
  reply.text = "template " + std::to_string(number) + "; to begin from it: daftarctl form new --template " +
               std::to_string(number) + "\n";
  return reply;
}

using Act = Reply (*)(Workstation&, const FormWish&);

void AddTyping(CLI::App& verb, const std::shared_ptr<FormWish>& wish) {
  verb.add_option("--set", wish->sets,
                  "Type into a field: accounts[0].date=\"night of 30 Aug 2023\"; an item one past the end is added")
      ->type_name("PATH=TEXT")
      ->take_all()
      ->allow_extra_args(false);
  verb.add_option("--reason", wish->reason, "Why; others read it in the history")->type_name("TEXT");
}

void AddNew(CLI::App& form, Context& context) {
  auto wish = std::make_shared<FormWish>();
  CLI::App& verb = AddVerb(form, "new", "Begin a form for a new record",
                           "  daftarctl form new incident --set 'names[0].text=Clash at the river'\n"
                           "  daftarctl form new --like sample:I01");
  verb.add_option("kind", wish->kind, "incident, actor, place, source, relation or alert_period")->type_name("KIND");
  verb.add_option("--like", wish->like, "A record whose fields are copied, but for its keys elsewhere")
      ->type_name("ID");
  verb.add_option("--template", wish->from, "A template, as form list names it")->type_name("NUMBER");
  AddTyping(verb, wish);
  verb.callback([&context, wish] {
    context.action = [&context, wish]() -> Reply {
      const int said = (wish->kind.empty() ? 0 : 1) + (wish->like.empty() ? 0 : 1) + (wish->from == 0 ? 0 : 1);
      if (said != 1) return Reply::Error(ExitCode::kUsage, "say a kind, or --like ID, or --template NUMBER");
      if (!wish->kind.empty() && !KindFromWord(wish->kind)) return UnknownKind(wish->kind);
      return WithWorkstation(context,
                             [&](Workstation& station) { return Change(station, *wish, BeginWished(station, *wish)); });
    };
  });
}

void AddEdit(CLI::App& form, Context& context) {
  auto wish = std::make_shared<FormWish>();
  CLI::App& verb = AddVerb(form, "edit", "Begin a form on a record that is there",
                           "  daftarctl form edit sample:I01 --set 'accounts[0].credibility=PROBABLY_TRUE'\n"
                           "  daftarctl form edit sample:JA");
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  AddTyping(verb, wish);
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(
          context, [&](Workstation& station) { return Change(station, *wish, forms::BeginOn(station, wish->id)); });
    };
  });
}

void AddSet(CLI::App& form, Context& context) {
  auto wish = std::make_shared<FormWish>();
  CLI::App& verb = AddVerb(form, "set", "Type into a form",
                           "  daftarctl form set 3 'accounts[0].killed[0]=3-5' 'accounts[0].place=sample:Kevron'\n"
                           "  daftarctl form set 3 --remove 'names[1]'");
  verb.add_option("number", wish->number, "The form, as form list names it")->required()->type_name("NUMBER");
  verb.add_option("sets", wish->sets, "PATH=TEXT, for each field")->type_name("PATH=TEXT");
  verb.add_option("--remove", wish->removes, "Take an item out of its list")
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
  verb.add_option("--reason", wish->reason, "Why; others read it in the history")->type_name("TEXT");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(
          context, [&](Workstation& station) { return Change(station, *wish, TakeUp(station, wish->number)); });
    };
  });
}

// A verb about one form.
void AddOne(CLI::App& form, Context& context, const std::string& name, const std::string& what,
            const std::string& examples, Act act) {
  auto wish = std::make_shared<FormWish>();
  CLI::App& verb = AddVerb(form, name, what, examples);
  verb.add_option("number", wish->number, "The form, as form list names it")->required()->type_name("NUMBER");
  if (name == "send")
    verb.add_option("--reason", wish->reason, "Why; others read it in the history")->type_name("TEXT");
  if (name == "template") verb.add_option("name", wish->name, "What it is called")->required()->type_name("NAME");
  verb.callback([&context, wish, act] {
    context.action = [&context, wish, act] {
      return WithWorkstation(context, [&](Workstation& station) { return act(station, *wish); });
    };
  });
}

}  // namespace

void AddFormCommands(CLI::App& app, Context& context) {
  CLI::App& form = AddVerb(app, "form", "Fill in a record step by step: kept as it is typed, checked, then sent",
                           "  daftarctl form new incident --set 'names[0].text=Clash at the river'\n"
                           "  daftarctl form send 1 --reason \"reported today\"");
  form.require_subcommand(1);
  AddNew(form, context);
  AddEdit(form, context);
  AddSet(form, context);
  auto none = std::make_shared<FormWish>();
  CLI::App& list = AddVerb(form, "list", "All forms and templates, and which were left open by a program that died",
                           "  daftarctl form list\n  daftarctl form list --json");
  list.callback([&context, none] {
    context.action = [&context] {
      return WithWorkstation(context, [](Workstation& station) { return List(station); });
    };
  });
  AddOne(form, context, "show", "What is typed in a form, what it is read as, and what is wrong with it",
         "  daftarctl form show 1\n  daftarctl form show 1 --json", Show);
  AddOne(form, context, "send", "Put it into the outbox (exit 4: something in it is wrong, and it is kept)",
         "  daftarctl form send 1 --reason \"reported today\"\n  daftarctl form send 1", Send);
  AddOne(form, context, "drop", "Throw a form or template away; the record stays as it is",
         "  daftarctl form drop 1\n  daftarctl form drop 2 --json", Drop);
  AddOne(form, context, "template", "Keep a copy of a form under a name, to begin others from",
         "  daftarctl form template 1 \"seizure at a post\"\n  daftarctl form new --template 2", MakeTemplate);
}

}  // namespace daftar::ctl
