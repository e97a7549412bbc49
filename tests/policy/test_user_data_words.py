"""What user data sets and runs is read as a shell, systemd and Kubernetes read it."""

import pytest

from policy.hcl.values import Unknown
from policy.network.logins import ways_in
from policy.network.user_data import decoded
from policy.requirements.cors_origin import origins_in
from policy.requirements.remote_access import listens_beyond

GOOD = "https://translate.example.com"


@pytest.mark.parametrize(
    ("line", "origins"),
    [
        (f"OLLAMA_ORIGINS={GOOD}", [GOOD]),
        (f'OLLAMA_ORIGINS="{GOOD}"', [GOOD]),
        (f"OLLAMA_ORIGINS='{GOOD}'", [GOOD]),
        (f"export OLLAMA_ORIGINS={GOOD}; ollama serve", [GOOD]),
        (f'Environment="OLLAMA_ORIGINS={GOOD}"', [GOOD]),
        (f"Environment='OLLAMA_ORIGINS={GOOD}'", [GOOD]),
        (f"  OLLAMA_ORIGINS: {GOOD}", [GOOD]),
        (f'  "OLLAMA_ORIGINS": "{GOOD}",', [GOOD]),
        (f"docker run -e OLLAMA_ORIGINS={GOOD} ollama/ollama", [GOOD]),
        (f"OLLAMA_ORIGINS = {GOOD}\r\n", [GOOD]),
        ("OLLAMA_ORIGINS=*", ["*"]),
        ("OLLAMA_ORIGINS=", [""]),
        (f"OLLAMA_ORIGINS={GOOD},*", [f"{GOOD},*"]),
        (f'OLLAMA_ORIGINS="{GOOD} *"', [f"{GOOD} *"]),
        ('OLLAMA_ORIGINS="$ORIGINS"', ["$ORIGINS"]),
        (f"OLLAMA_ORIGINS={GOOD}\nOLLAMA_ORIGINS+=,*", [GOOD, ",*"]),
        (f"OLLAMA_ORIGINS={GOOD}\nOLLAMA_ORIGINS=*", [GOOD, "*"]),
        (f"# OLLAMA_ORIGINS=*\nOLLAMA_ORIGINS={GOOD}", [GOOD]),
        ("\t#OLLAMA_ORIGINS=*", []),
        ("true # OLLAMA_ORIGINS=*", []),
        ('echo "x # OLLAMA_ORIGINS=*"', ["*"]),
        (f"printf 'OLLAMA_ORIGINS={GOOD}\\n' > a", [GOOD]),
        (f'SITE={GOOD}\nOLLAMA_ORIGINS="$SITE"', [GOOD]),
        (f'SITE={GOOD}\nSITE=*\nOLLAMA_ORIGINS="${{SITE}}"', ["${SITE}"]),
        (f"SITE={GOOD}\nSITE+=,*\nOLLAMA_ORIGINS=$SITE", ["$SITE"]),
        ("OLLAMA_HOST=0.0.0.0", []),
        ("", []),
    ],
)
def test_every_way_to_set_the_origins(line: str, origins: list[str]) -> None:
    assert origins_in(line) == origins
    assert origins_in(f"#!/bin/sh\nset -e\n{line}\necho done\n") == origins


@pytest.mark.parametrize(
    "line",
    [
        f'export OLLAMA_ORIGINS="{GOOD}"",*"',
        f'export OLLAMA_ORIGINS="{GOOD}",*',
        f"export OLLAMA_ORIGINS='{GOOD}',*",
        f'export OLLAMA_ORIGINS={GOOD}",*"',
        f"OLLAMA_ORIGINS={GOOD}\\,*",
        f'Environment="OLLAMA_ORIGINS={GOOD} ,*"',
        f"OLLAMA_ORIGINS={GOOD} ,*",
        f"OLLAMA_ORIGINS={GOOD} # ,*",
        f"OLLAMA_ORIGINS={GOOD}\\n,*",
        f"OLLAMA_ORIGINS={GOOD} $MORE",
        f"OLLAMA_ORIGINS={GOOD}\nsed -i 's#{GOOD}#*#' /etc/ollama.env",
        "sed -i 's|^OLLAMA_ORIGINS|X|' /etc/ollama.env",
        'os.environ["OLLAMA_ORIGINS"]="*"',
        'csh -c "setenv OLLAMA_ORIGINS *"',
        "unset OLLAMA_ORIGINS",
        ": ${OLLAMA_ORIGINS:=*}",
        "curl -s https://x.example/env > /etc/ollama.env",
        "wget -O /etc/environment https://x.example/env",
        "# a \\nOLLAMA_ORIGINS *",
    ],
)
def test_what_cannot_be_read_as_an_origin_is_unknown(line: str) -> None:
    assert any(isinstance(one, Unknown) for one in origins_in(f"#!/bin/sh\n{line}\n"))


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ('- name: OLLAMA_ORIGINS\n  value: "*"\n', ["*"]),
        (f'{{"name": "OLLAMA_ORIGINS", "value": "{GOOD}"}}', [GOOD]),
        (f"OLLAMA_ORIGINS={GOOD}\\\n,*", [f"{GOOD},*"]),
        ("# a \\\nOLLAMA_ORIGINS=*", ["*"]),
        ('echo \\" "a # OLLAMA_ORIGINS=*"', ["*"]),
        (f"echo -e 'OLLAMA_ORIGINS={GOOD}\\n'", [GOOD]),
        (f"OLLAMA_ORIGINS={GOOD}\nexport OLLAMA_ORIGINS\necho $OLLAMA_ORIGINS", [GOOD]),
        (f"{{OLLAMA_ORIGINS: {GOOD}, OLLAMA_HOST: 0.0.0.0}}", [GOOD]),
        (f'["-e","OLLAMA_ORIGINS={GOOD}","-p"]', [GOOD]),
        (f"export OLLAMA_ORIGINS={GOOD} # never OLLAMA_ORIGINS=*", [GOOD]),
        ("curl -fsSL https://ollama.com/install.sh | sh", []),
    ],
)
def test_clean_settings_have_their_value(text: str, origins: list[str]) -> None:
    assert origins_in(text) == origins


@pytest.mark.parametrize(
    "text",
    [
        "/usr/sbin/sshd",
        "sudo /usr/sbin/sshd",
        "ExecStart=/usr/sbin/sshd -D",
        "/etc/init.d/sshd start",
        "rc-service sshd start",
        "systemctl preset sshd",
        "systemctl reload-or-restart sshd",
        "systemctl  enable   --now\tssh.socket",
        "echo ubuntu:pw | chpasswd",
        "PasswordAuthentication yes",
        "useradd -p x ops",
        "tailscale up --authkey=k",
        "ngrok http 11434 &",
        "cloudflared tunnel --url http://localhost:11434",
        "ssh -N -R 80:localhost:11434 a@b.example",
        "ssh -fNR80:localhost:11434 a@b.example",
        "autossh -M 0 a@b.example",
        "nc -l 2222",
        "ncat -lk 2222 -e /bin/bash &",
        "docker run -d -p 22:2222 x",
        "docker run -d -p 2222:22 x",
        "docker run -d --publish=22:22 x",
        "apt-get install -y curl openssh-server",
        "#cloud-config\nchpasswd: {list: 'root:pw'}",
        "#cloud-config\nusers: [{name: a, hashed_passwd: x}]",
        '#cloud-config\n"ssh\\x5fauthorized_keys": [ssh-rsa AAA]',
        "#cloud-config\n{ssh_pwauth: true}",
        "#cloud-config\npackages: [curl, openssh-server]",
        "#cloud-config\nruncmd: [[systemctl, enable, sshd]]",
    ],
)
def test_ways_in_are_found(text: str) -> None:
    assert [what for one in decoded(text) for what in ways_in(str(one))]


@pytest.mark.parametrize(
    "text",
    [
        "systemctl disable --now sshd; systemctl mask ssh.socket",
        "rm -f /home/*/.ssh/authorized_keys",
        "# systemctl enable sshd",
        "pkill sshd",
        "systemctl enable --now nginx",
        "docker run -p 11434:11434 -p 8080:80 ollama/ollama",
        "nc -z localhost 11434",
        "ssh -V",
        "rsync -R a b",
        "apt-get install -y openssh-client",
        "#cloud-config\nusers: [default]\nssh_pwauth: false\npackages: [nginx]",
    ],
)
def test_what_lets_nobody_in_is_left_alone(text: str) -> None:
    assert not [what for one in decoded(text) for what in ways_in(str(one))]


@pytest.mark.parametrize(
    "value",
    ["127.0.0.1:8080", "localhost:1", "[::1]:80", "http://127.0.0.1", "192.0.2.1",
     "192.0.2.1:11434", "http://192.0.2.1:11434", '"192.0.2.1"', ":11434", "$ADDRESS:11434"],
)  # fmt: skip
def test_ollama_may_listen_on_its_port_or_on_loopback(value: str) -> None:
    assert list(listens_beyond(f"export OLLAMA_HOST={value}\nollama serve\n")) == []


@pytest.mark.parametrize(
    "value",
    [":8080", '"192.0.2.1:"8080', "http://192.0.2.1", "https://192.0.2.1", "192.0.2.1:8080",
     "[::]:80", "$ADDRESS"],
)  # fmt: skip
def test_ollama_listens_on_no_other_port(value: str) -> None:
    assert len(list(listens_beyond(f"export OLLAMA_HOST={value}\nollama serve\n"))) == 1
