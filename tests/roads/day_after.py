"""Run as a process of its own: what a node's clocks do by themselves so many days from now."""

import os
import sys
from datetime import timedelta


def main(folder: str, days: str, *codes: str) -> None:
    """Let some clocks of the demo node in a folder do what is due then; how many rows each did."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    import time_machine

    from waystation.accounts.models import Account
    from waystation.casework import clocks
    from waystation.casework.retention import own_clocks
    from waystation.demo.accounts import OFFICER, PASSPHRASE
    from waystation.kernel.clock import now
    from waystation.vault import node

    node.unlock(Account.objects.get(handle=OFFICER.handle).pk, PASSPHRASE)
    with time_machine.travel(now() + timedelta(days=int(days))):
        for code in codes:
            one = clocks.get(code)
            assert one is not None
            print(code, own_clocks.run(one, one.days))


if __name__ == "__main__":
    main(*sys.argv[1:])
