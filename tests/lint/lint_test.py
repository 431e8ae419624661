"""Proves that every lint can fail, and that it lets good code pass: each is run over a tiny tree in a folder of its own."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

LINTS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools" / "lint"


class LintTest(unittest.TestCase):
    """A tree to fill, and one lint to run over it."""

    lint = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._root = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_lint(self):
        command = [sys.executable, str(LINTS / self.lint), "--root", str(self._root)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def assert_passes(self):
        said = self.run_lint()
        self.assertEqual((said.returncode, said.stderr), (0, ""), said.stdout)
        return said.stdout

    def assert_finds(self, *parts):
        """The lint fails, and one line of what it says holds all the parts."""
        said = self.run_lint()
        self.assertEqual((said.returncode, said.stderr), (1, ""), said.stdout)
        self.assertTrue(any(all(part in line for part in parts) for line in said.stdout.splitlines()), said.stdout)


class MessagesTest(LintTest):
    lint = "messages.py"

    def setUp(self):
        super().setUp()
        self.write("client/language/catalogue/en/home.txt", "home.title = Home\ncode.CLASH = clash\n")

    def test_keys_that_are_said_and_there_pass(self):
        self.write("client/ui/a.cc", 'ui.Heading(Say("home.title"));\n')
        self.assert_passes()

    def test_a_key_that_is_nowhere_fails_with_its_line(self):
        self.write("client/ui/a.cc", 'Say("home.title");\nSay("home.tilte");\n')
        self.assert_finds("client/ui/a.cc:2:", "home.tilte")

    def test_a_message_that_nobody_says_fails(self):
        self.write("client/ui/a.cc", "int a;\n")
        self.assert_finds("client/language/catalogue/en/home.txt:1:", "home.title")

    def test_messages_of_a_family_that_is_put_together_pass(self):
        self.write("client/language/catalogue/en/rank.txt", "rank.HIGH = high\n")
        self.write("client/ui/a.cc", 'Say("home.title");\nSayCode("rank", constant);\n')
        self.assert_passes()


class LayersTest(LintTest):
    lint = "layers.py"

    def test_an_arrow_down_passes(self):
        self.write("storage/log/a.cc", '#include <sys/stat.h>\n#include <vector>\n\n#include "storage/view/view.h"\n')
        self.assert_passes()

    def test_an_arrow_up_fails_with_its_line(self):
        self.write("storage/base/a.cc", '#include <vector>\n#include "storage/log/log.h"\n')
        self.assert_finds("storage/base/a.cc:2:", "storage/base may not include storage/log")

    def test_client_and_server_stay_apart(self):
        self.write("client/sync/a.cc", '#include "server/core/core.h"\n')
        self.write("server/core/b.cc", '#include "client/sync/engine.h"\n')
        self.assert_finds("client/sync/a.cc:1:", "never include each other")
        self.assert_finds("server/core/b.cc:1:", "never include each other")

    def test_grpc_is_seen_by_transport_alone(self):
        self.write("client/transport/a.cc", '#include <grpcpp/grpcpp.h>\n#include "daftar/v1/sync.grpc.pb.h"\n')
        self.assert_passes()
        self.write("client/sync/a.cc", '#include "daftar/v1/sync.grpc.pb.h"\n')
        self.assert_finds("client/sync/a.cc:1:", "may not use grpc")

    def test_the_window_is_seen_by_ui_alone(self):
        self.write("client/ui/a.cc", "#include <imgui.h>\n")
        self.assert_passes()
        self.write("client/model/a.cc", "#include <imgui.h>\n")
        self.assert_finds("client/model/a.cc:1:", "may not use window")

    def test_lmdb_is_seen_by_its_own_folder_alone(self):
        self.write("storage/lmdb/a.cc", "#include <lmdb.h>\n")
        self.write("storage/view/b.cc", '#include "storage/lmdb/lmdb.h"\n')
        self.assert_passes()
        self.write("storage/view/a.cc", "#include <lmdb.h>\n")
        self.assert_finds("storage/view/a.cc:1:", "may not use lmdb")

    def test_headers_of_the_models_are_plain(self):
        self.write("client/model/a.cc", '#include "daftar/v1/records.pb.h"\n')
        self.assert_passes()
        self.write("client/model/a.h", '#include "daftar/v1/records.pb.h"\n')
        self.assert_finds("client/model/a.h:1:", "headers of client/model do without proto")

    def test_a_path_that_is_not_from_the_root_fails(self):
        self.write("storage/base/a.cc", '#include "bytes.h"\n')
        self.assert_finds("storage/base/a.cc:1:", "no path from the root")

    def test_a_foreign_header_that_nobody_thought_about_fails(self):
        self.write("storage/base/a.cc", "#include <boost/any.hpp>\n")
        self.assert_finds("storage/base/a.cc:1:", "no foreign group")

    def test_a_folder_that_nobody_placed_fails(self):
        self.write("storage/attic/a.cc", "int x;\n")
        self.assert_finds("storage/attic/a.cc:1:", "no layer")

    def test_the_table_may_not_go_round_in_a_circle(self):
        sys.path.insert(0, str(LINTS))
        import layers

        table = {"everywhere": [], "foreign": {}, "apart": ["a", "b"],
                 "layer": {"a": {"may": ["b"]}, "b": {"may": ["a"]}}}
        self.assertEqual(layers.House(table).circle(), "a → b → a")


class SizesTest(LintTest):
    lint = "sizes.py"

    def test_six_hundred_lines_pass_with_a_warning(self):
        self.write("storage/a.cc", "\n" * 600)
        self.assertIn("storage/a.cc:401: warning: 600 lines", self.assert_passes())

    def test_four_hundred_lines_pass_in_silence(self):
        self.write("storage/a.cc", "\n" * 400)
        self.assertEqual(self.assert_passes(), "")

    def test_six_hundred_and_one_lines_fail(self):
        self.write("storage/a.cc", "\n" * 601)
        self.assert_finds("storage/a.cc:601:", "601 lines")

    def test_a_script_without_a_suffix_counts(self):
        self.write("tools/long", "#!/bin/sh\n" + "\n" * 600)
        self.assert_finds("tools/long:601:")


class HygieneTest(LintTest):
    lint = "hygiene.py"

    def setUp(self):
        super().setUp()
        self.write("storage/README.md", "# storage\n")
        self.write("storage/base/README.md", "# storage/base\n")

    def test_a_tidy_tree_passes(self):
        self.write("storage/base/a.h", '// Says "system_clock" and catch (...) in words only.\n#pragma once\n')
        self.write("storage/base/clock.cc", "auto now = std::chrono::system_clock::now();\n")
        self.assert_passes()

    def test_a_folder_without_a_readme_fails(self):
        self.write("storage/view/a.cc", "int x;\n")
        self.assert_finds("storage/view/README.md:1:", "missing")

    def test_a_header_that_does_not_say_what_it_is_for_fails(self):
        self.write("storage/base/a.h", "#pragma once\n")
        self.assert_finds("storage/base/a.h:1:", "begins with a comment")

    def test_a_header_without_pragma_once_fails(self):
        self.write("storage/base/a.h", "// A thing.\n")
        self.assert_finds("storage/base/a.h:1:", "#pragma once")

    def test_asking_the_system_for_the_time_fails(self):
        self.write("storage/base/a.cc", "int x;\nauto t = std::chrono::steady_clock::now();\n")
        self.assert_finds("storage/base/a.cc:2:", "take a Clock")

    def test_sleeping_fails(self):
        self.write("storage/base/a.cc", "std::this_thread::sleep_for(1s);\n")
        self.assert_finds("storage/base/a.cc:1:", "nothing sleeps")

    def test_rolling_dice_fails(self):
        self.write("storage/base/a.cc", "int x = rand();\n")
        self.assert_finds("storage/base/a.cc:1:", "take a Random")

    def test_a_silent_catch_fails(self):
        self.write("storage/base/a.cc", "} catch (...) {\n")
        self.assert_finds("storage/base/a.cc:1:", "silent catch")

    def test_a_promise_for_later_fails(self):
        self.write("storage/base/a.cc", "// TODO: later\n")
        self.assert_finds("storage/base/a.cc:1:", "do it now")

    def test_a_large_file_fails(self):
        self.write("storage/base/a.bin", "\0" * (200 * 1024 + 1))
        self.assert_finds("storage/base/a.bin:1:", "200 is the most")

    def test_a_stray_entry_at_the_top_fails(self):
        self.write("notes.txt", "\n")
        self.assert_finds("notes.txt:1:", "no place at the top")


@unittest.skipUnless(shutil.which("clang-format"), "clang-format is not installed; tools/setup installs it")
class FormatTest(LintTest):
    lint = "format.py"

    def setUp(self):
        super().setUp()
        self.write(".clang-format", "BasedOnStyle: Google\n")

    def test_formatted_code_passes(self):
        self.write("storage/a.cc", "int x = 1;\n")
        self.assert_passes()

    def test_unformatted_code_fails_with_its_line(self):
        self.write("storage/a.cc", "int x = 1;\nint  y=2;\n")
        self.assert_finds("storage/a.cc:2:", "clang-format -i storage/a.cc")


class ProtoCommentsTest(LintTest):
    lint = "proto_comments.py"

    def write_proto(self, *lines):
        self.write("proto/daftar/v1/a.proto", "\n".join(lines) + "\n")

    def test_a_schema_with_comments_passes(self):
        self.write_proto('syntax = "proto3";', "// A thing.", "message A {", "  enum Code {", "    UNSET = 0;", "  }",
                         "  // Its name.", "  string name = 1 [(ref) = {", "    kind: PLACE", "  }];", "}")
        self.assert_passes()

    def test_a_message_without_a_comment_fails(self):
        self.write_proto("message A {", "}")
        self.assert_finds("proto/daftar/v1/a.proto:1:", "message A")

    def test_a_field_without_a_comment_fails(self):
        self.write_proto("// A thing.", "message A {", "  // Its name.", "  string name = 1;", "  repeated B b = 2;", "}")
        self.assert_finds("proto/daftar/v1/a.proto:5:", "field b")

    def test_a_comment_with_a_gap_below_does_not_count(self):
        self.write_proto("// A thing.", "message A {", "  // Its name.", "", "  string name = 1;", "}")
        self.assert_finds("proto/daftar/v1/a.proto:5:", "field name")

    def test_an_enum_without_a_comment_fails(self):
        self.write_proto("// A thing.", "message A {", "}", "enum B {", "  UNSET = 0;", "}")
        self.assert_finds("proto/daftar/v1/a.proto:4:", "enum B")

    def test_a_call_without_a_comment_fails(self):
        self.write_proto("// A service.", "service S {", "  rpc Do(A) returns (B);", "}")
        self.assert_finds("proto/daftar/v1/a.proto:3:", "call Do")


if __name__ == "__main__":
    unittest.main()
